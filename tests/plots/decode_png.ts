import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";

/** A decoded picture, red, green, blue, alpha. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Decodes a PNG of 8 bits a channel with alpha, by the PNG specification. */
export function decodePng(png: Uint8Array): Picture {
  const file = Buffer.from(png);
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  if (file[24] !== 8 || file[25] !== 6) throw new Error("not RGBA, 8 bits");
  const parts: Uint8Array[] = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") {
      parts.push(file.subarray(at + 8, at + 8 + length));
    }
    at += 12 + length;
  }
  return {
    width,
    height,
    data: unfilter(inflateSync(Buffer.concat(parts)), width, height),
  };
}

function unfilter(raw: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width * 4;
  const data = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)]!;
    for (let i = 0; i < stride; i++) {
      const at = row * stride + i;
      const left = i < 4 ? 0 : data[at - 4]!;
      const up = row === 0 ? 0 : data[at - stride]!;
      const corner = row === 0 || i < 4 ? 0 : data[at - stride - 4]!;
      const guess = [
        0,
        left,
        up,
        (left + up) >> 1,
        paeth(left, up, corner),
      ][filter]!;
      data[at] = raw[row * (stride + 1) + 1 + i]! + guess;
    }
  }
  return data;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one));
  return a! <= b! && a! <= c! ? left : b! <= c! ? up : corner;
}

/** The number of opaque pixels of about a colour within a part of a picture. */
export function countPixels(
  picture: Picture,
  [red, green, blue]: readonly [number, number, number],
  part: { left?: number; top?: number; right?: number; bottom?: number } = {},
): number {
  const { left = 0, top = 0, right = picture.width, bottom = picture.height } =
    part;
  let count = 0;
  for (let y = Math.floor(top); y < bottom; y++) {
    for (let x = Math.floor(left); x < right; x++) {
      const at = (y * picture.width + x) * 4;
      const opaque = picture.data[at + 3] === 255;
      const near = opaque &&
        [red, green, blue].every((value, channel) =>
          Math.abs(picture.data[at + channel]! - value) < 24
        );
      if (near) count++;
    }
  }
  return count;
}
