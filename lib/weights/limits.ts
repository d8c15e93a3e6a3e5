/**
 * The longest header that is read and written, in bytes. A tensor takes 100 to
 * 150 of them, so that a file of 100,000 tensors stays within; that of
 * ResNet-1202 has 6,007. The reference implementation reads up to 100 MB, which
 * takes seconds and a gigabyte of memory before anything is known to be right.
 */
export const MAX_HEADER_BYTES = 2 ** 24;

/** Most keys of any object in a header: of the tensors, of words about a file. */
export const MAX_KEYS = 100_000;

/** Most dimensions of a tensor: no weights have more than 5, tfjs takes 6. */
export const MAX_RANK = 8;

/**
 * Most values of a header, also of those that are not read. A tensor has up to
 * 14: itself, its type, a list of up to 8 lengths and one of 2 offsets.
 */
export const MAX_VALUES = 16 * MAX_KEYS;
