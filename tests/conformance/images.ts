import { join } from "@std/path";
import { decodeBase64 } from "@std/encoding";

/**
 * tfjs-node's test images, which its package lacks, made again: 2x2 pixels
 * (238, 101, 0), (50, 50, 50), (100, 50, 0), (200, 100, 50); the JPEG at
 * quality 100 without subsampling; a second frame in the GIF.
 */
const images: Readonly<Record<string, string>> = {
  "image_png_test.png":
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGN4l8pgZGTEVHaWYZoRAwAfHwP3mpaA3gAAAABJRU5ErkJggg==",
  "image_png_4_channel_test.png":
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAGklEQVR4nGN4l8rw38jI6D9T2VkGhmlGDAwAQWsF9VhbGuwAAAAASUVORK5CYII=",
  "image_bmp_test.bmp":
    "Qk1GAAAAAAAAADYAAAAoAAAAAgAAAAIAAAABABgAAAAAABAAAADEDgAAxA4AAAAAAAAAAAAAADJkMmTIAAAAZe4yMjIAAA==",
  "gif_test.gif":
    "R0lGODlhAgACAIEAAO5lAMhkMmQyADIyMiH5BAAKAAAALAAAAAACAAIAAAgHAAEMEBAgIAAh+QQBCgAEACwAAAAAAgACAIH////IZDIiRGaqAGYIBwADCBgAICAAOw==",
  "image_jpeg_test.jpeg":
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/2wBDAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAARCAACAAIDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABoQAAMBAQEBAAAAAAAAAAAAAAMEBQYHAgH/xAAUAQEAAAAAAAAAAAAAAAAAAAAJ/8QAGhEAAwEBAQEAAAAAAAAAAAAAAwQFAgYBFP/aAAwDAQACEQMRAD8AM3PuY820eCxGh0PPcPev3shmrNy5ZycGpYs2KkZJ6nVq03kDu0aVF053HnnDmabaMVhgpCk9+/psZ6zqZeczJnS9BOmzvPEZ89GzRURRRU8+dRNNRdkYFVVQDGBdcA8BCHGBjxnGc58W6dw3E2Z6Fevx3LVa1VNWlUqUufkvUaVF4A2nX33WlCsuOuMlKw00wUh2DkIUpNk3rXv/2Q==",
};

/** Writes the images that tfjs-node's tests decode. */
export function writeImages(folder: string): void {
  Deno.mkdirSync(folder, { recursive: true });
  for (const [name, base64] of Object.entries(images)) {
    Deno.writeFileSync(join(folder, name), decodeBase64(base64));
  }
}
