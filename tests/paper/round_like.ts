/** A number rounded to as many decimals as another is printed with. */
export function roundLike(value: number, printed: number): number {
  const decimals = String(printed).split(".")[1]?.length ?? 0;
  return Number(value.toFixed(decimals));
}
