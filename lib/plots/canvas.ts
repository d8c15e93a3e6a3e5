/**
 * As much of a 2D canvas as plotly needs to draw a heatmap: filled boxes and
 * copied pixels, given back as a PNG.
 *
 * @module
 */

import { encodeBase64 } from "@std/encoding";
import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";

/** A picture: `[height, width, 4]`, row-major, red, green, blue, alpha. */
export interface Pixels {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** The bytes. */
  readonly data: Uint8ClampedArray;
}

/** The methods of `CanvasRenderingContext2D` that are here. */
export interface DrawingContext {
  /** The CSS colour that boxes are filled with: `#rrggbb`, `rgb` or `rgba`. */
  fillStyle: string;
  /** Fills a box. */
  fillRect(x: number, y: number, width: number, height: number): void;
  /** Makes a box transparent. */
  clearRect(x: number, y: number, width: number, height: number): void;
  /** Makes an empty picture. */
  createImageData(width: number, height: number): Pixels;
  /** Copies a picture. */
  putImageData(picture: Pixels, x: number, y: number): void;
}

/** A canvas of a fixed size. */
export class Canvas {
  /** The picture drawn so far. */
  readonly pixels: Pixels;
  /** What draws on it. */
  readonly context: DrawingContext;

  /** Makes a transparent canvas of a width and a height in pixels. */
  constructor(width: number, height: number) {
    const pixels = emptyPixels(width, height);
    this.pixels = pixels;
    this.context = {
      fillStyle: "#000000",
      fillRect(x, y, w, h) {
        fill(pixels, x, y, w, h, parseColor(this.fillStyle));
      },
      clearRect(x, y, w, h) {
        fill(pixels, x, y, w, h, [0, 0, 0, 0]);
      },
      createImageData: emptyPixels,
      putImageData(picture, x, y) {
        copy(picture, pixels, x, y);
      },
    };
  }

  /** The picture as a `data:` address. */
  toDataURL(): string {
    return `data:image/png;base64,${encodeBase64(encodePng(this.pixels))}`;
  }
}

function emptyPixels(width: number, height: number): Pixels {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

type Rgba = [red: number, green: number, blue: number, alpha: number];

function parseColor(color: string): Rgba {
  const hex = /^#(..)(..)(..)$/.exec(color);
  if (hex) {
    const [red, green, blue] = hex.slice(1).map((byte) => parseInt(byte, 16));
    return [red!, green!, blue!, 255];
  }
  const parts = /^rgba?\(([^)]+)\)$/.exec(color)?.[1]?.split(",").map(Number);
  if (!parts || parts.length < 3) {
    throw new TypeError(
      `Expected a colour as #rrggbb, rgb() or rgba() but found "${color}"`,
    );
  }
  return [parts[0]!, parts[1]!, parts[2]!, (parts[3] ?? 1) * 255];
}

function fill(
  pixels: Pixels,
  x: number,
  y: number,
  width: number,
  height: number,
  color: Rgba,
): void {
  const right = Math.min(pixels.width, Math.round(x + width));
  const bottom = Math.min(pixels.height, Math.round(y + height));
  for (let row = Math.max(0, Math.round(y)); row < bottom; row++) {
    for (let column = Math.max(0, Math.round(x)); column < right; column++) {
      pixels.data.set(color, (row * pixels.width + column) * 4);
    }
  }
}

function copy(from: Pixels, to: Pixels, x: number, y: number): void {
  const width = Math.min(from.width, to.width - x);
  for (let row = 0; row < Math.min(from.height, to.height - y); row++) {
    const start = row * from.width * 4;
    to.data.set(
      from.data.subarray(start, start + width * 4),
      ((row + y) * to.width + x) * 4,
    );
  }
}

const PNG_SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/**
 * Writes a picture as PNG.
 *
 * @param picture The picture.
 * @returns The bytes of the file.
 */
export function encodePng(picture: Pixels): Uint8Array {
  const { width, height, data } = picture;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, with alpha
  const rows = Buffer.alloc(height * (width * 4 + 1)); // filter 0 before a row
  for (let row = 0; row < height; row++) {
    rows.set(
      data.subarray(row * width * 4, (row + 1) * width * 4),
      row * (width * 4 + 1) + 1,
    );
  }
  return new Uint8Array(Buffer.concat([
    Buffer.from(PNG_SIGNATURE),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]));
}

function chunk(type: string, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(content, 8);
  const end = 8 + content.length;
  bytes.writeUInt32BE(crc32(bytes.subarray(4, end)), end);
  return bytes;
}
