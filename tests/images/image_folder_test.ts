import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { imageFolder } from "../../lib/images/image_folder.ts";
import { withFiles } from "./image_files.ts";

const ANY = Uint8Array.of(1);
const FILES = {
  "n02/b.JPEG": ANY,
  "n02/a.png": ANY,
  "n02/more/c.jpg": ANY,
  "n02/notes.txt": ANY,
  "n01/z.jpeg": ANY,
  "Z/1.PNG": ANY,
  "readme.md": ANY,
};

Deno.test("imageFolder() takes sorted names as labels and names what it leaves out", async () => {
  await withFiles(FILES, async (directory) => {
    const folder = await imageFolder(directory);
    assertEquals(folder.classes, ["Z", "n01", "n02"]);
    assertEquals(
      folder.images.map(({ path, label }) => [
        path.slice(directory.length + 1).replaceAll("\\", "/"),
        label,
      ]),
      [
        ["Z/1.PNG", 0],
        ["n01/z.jpeg", 1],
        ["n02/a.png", 2],
        ["n02/b.JPEG", 2],
        ["n02/more/c.jpg", 2],
      ],
    );
    assertEquals(folder.others, [
      join(directory, "readme.md"),
      join(directory, "n02", "notes.txt"),
    ]);
  });
});

Deno.test("imageFolder() takes labels from a list of classes that is given", async () => {
  await withFiles(FILES, async (directory) => {
    const classes = ["n02", "n99", "n01", "Z"];
    const folder = await imageFolder(directory, { classes });
    assertEquals(folder.images.map(({ label }) => label), [3, 2, 0, 0, 0]);
    await assertRejects(
      () => imageFolder(directory, { classes: ["Z", "n01"] }),
      Error,
      `Expected the folders in ${directory} to be among the 2 classes given but found n02`,
    );
  });
});

Deno.test("imageFolder() names a folder without classes, a class without images", async () => {
  await withFiles({ "cat/notes.txt": ANY }, async (directory) => {
    const cat = join(directory, "cat");
    await assertRejects(
      () => imageFolder(directory),
      Error,
      `Expected a JPEG or PNG in ${cat} but found none`,
    );
    await assertRejects(
      () => imageFolder(cat),
      Error,
      `Expected one folder a class in ${cat} but found none`,
    );
    const none = join(directory, "dog");
    await assertRejects(() => imageFolder(none), Error, `none at ${none}`);
  });
});

Deno.test("imageFolder() leaves out hidden names, and links that lead back", async () => {
  const files = {
    ...FILES,
    ".git/config": ANY,
    ".ipynb_checkpoints/a.png": ANY,
    "n01/._z.jpeg": ANY,
  };
  await withFiles(FILES, async (plain) => {
    const expected = await imageFolder(plain);
    await withFiles(files, async (directory) => {
      await Deno.symlink(directory, join(directory, "n02", "more", "up"));
      await Deno.symlink(
        join(directory, "n01"),
        join(directory, "n01", "itself"),
      );
      const { classes, images } = await imageFolder(directory);
      assertEquals(classes, expected.classes);
      const own = images.filter(({ path }) => !path.includes("up"));
      assertEquals(own.length, expected.images.length);
      const paths = images.map(({ path }) => path.slice(directory.length));
      assertEquals(paths.filter((path) => path.includes("itself")), []);
      // From "up" each image is reached, but "up" itself not again.
      assertEquals(paths.filter((path) => path.includes("up/n02/more/up")), []);
    });
  });
});
