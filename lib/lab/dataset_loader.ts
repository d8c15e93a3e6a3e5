import {
  type DatasetName,
  datasetName,
  loadDataset,
  streamedFolder,
  type TrainingDataName,
} from "../data/load_dataset.ts";
import type { TrainingData } from "../data/training_data.ts";
import {
  streamImageFolder,
  type StreamOptions,
} from "../images/streamed_dataset.ts";

/** Loads what training is on, by its name. */
export async function loadTrainingData(
  name: TrainingDataName,
  options: Pick<StreamOptions, "onBroken"> = {},
): Promise<TrainingData> {
  const folder = streamedFolder(name);
  return folder === undefined
    ? await loadDataset(name as DatasetName, options)
    : await streamImageFolder(folder, options);
}

/**
 * Loads each data set once, and says where it is from. One that could not be
 * loaded is tried anew: what failed may have been a download.
 *
 * @param load What loads a data set; a test puts its own here.
 * @returns What loads a data set by its name.
 */
export function datasetLoader(
  load: (name: TrainingDataName) => Promise<TrainingData> = loadTrainingData,
): (name: string) => Promise<TrainingData> {
  const loaded = new Map<string, TrainingData>();
  return async (name) => {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const dataset = await load(datasetName(name));
    console.log(`${dataset.name}: ${dataset.source}`);
    loaded.set(name, dataset);
    return dataset;
  };
}
