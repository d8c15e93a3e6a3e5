import type { Dataset } from "../data/dataset.ts";
import {
  type DatasetName,
  datasetName,
  loadDataset,
} from "../data/load_dataset.ts";

/**
 * Loads each data set once, and says where it is from. One that could not be
 * loaded is tried anew: what failed may have been a download.
 *
 * @param load What loads a data set; a test puts its own here.
 * @returns What loads a data set by its name.
 */
export function datasetLoader(
  load: (name: DatasetName) => Promise<Dataset> = loadDataset,
): (name: string) => Promise<Dataset> {
  const loaded = new Map<string, Dataset>();
  return async (name) => {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const dataset = await load(datasetName(name));
    console.log(`${dataset.name}: ${dataset.source}`);
    loaded.set(name, dataset);
    return dataset;
  };
}
