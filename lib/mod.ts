/**
 * The ResNet papers as code: networks as data, what follows from them (shapes,
 * parameters, multiply-adds, drawings, networks that run), data sets, training,
 * lab records and figures.
 *
 * @module
 */
export * from "./backends/jit.ts";
export * from "./backends/use_backend.ts";
export * from "./data/cifar10.ts";
export * from "./data/cifar100.ts";
export type { CifarOptions } from "./data/cifar_folder.ts";
export * from "./data/dataset.ts";
export * from "./data/fashion_mnist.ts";
export * from "./data/load_dataset.ts";
export * from "./data/per_pixel_mean.ts";
export * from "./data/split.ts";
export * from "./data/synthetic.ts";
export * from "./drawing/draw.ts";
export * from "./drawing/draw_unit.ts";
export * from "./drawing/draw_units.ts";
export * from "./drawing/explain.ts";
export type { Theme } from "./drawing/theme.ts";
export * from "./lab/beside_table_2.ts";
export * from "./lab/compare.ts";
export * from "./lab/final_of.ts";
export * from "./lab/lab_run.ts";
export * from "./lab/measure_placements.ts";
export * from "./lab/norms_of.ts";
export * from "./lab/placements.ts";
export * from "./lab/presets.ts";
export * from "./lab/run_named.ts";
export * from "./lab/run_table.ts";
export * from "./measurements/activations.ts";
export * from "./measurements/convolution_inputs.ts";
export * from "./measurements/gradient_terms.ts";
export * from "./measurements/gradients_of.ts";
export * from "./measurements/main_path.ts";
export * from "./measurements/residual_chains.ts";
export * from "./measurements/residual_sums.ts";
export * from "./measurements/signals_of.ts";
export * from "./networks/alexnet.ts";
export * from "./networks/cifar.ts";
export * from "./networks/cifar_highway.ts";
export * from "./networks/count.ts";
export * from "./networks/forward_until.ts";
export * from "./networks/glorot_bengio.ts";
export * from "./networks/googlenet.ts";
export * from "./networks/highway.ts";
export * from "./networks/identity_solution.ts";
export * from "./networks/imagenet.ts";
export type { ImageNetOptions } from "./networks/imagenet_options.ts";
export * from "./networks/initialise.ts";
export * from "./networks/initialisers.ts";
export * from "./networks/layer.ts";
export * from "./networks/layers.ts";
export * from "./networks/map_residuals.ts";
export * from "./networks/model.ts";
export * from "./networks/network_by_name.ts";
export * from "./networks/network_until.ts";
export * from "./networks/output_difference.ts";
export * from "./networks/parameters.ts";
export * from "./networks/prelu_net.ts";
export * from "./networks/residual_unit.ts";
export * from "./networks/shape.ts";
export * from "./networks/shortcut_cost.ts";
export * from "./networks/shortcut_variants.ts";
export * from "./networks/units_of.ts";
export * from "./networks/variants.ts";
export * from "./networks/vgg.ts";
export * from "./networks/walk.ts";
export * from "./networks/zfnet.ts";
export * from "./notebook/bundle.ts";
export * from "./notebook/check.ts";
export * from "./notebook/display.ts";
export * from "./notebook/equation.ts";
export * from "./notebook/exercise.ts";
export * from "./notebook/live.ts";
export * from "./notebook/prediction.ts";
export * from "./notebook/preset.ts";
export * from "./notebook/stop.ts";
export * from "./notebook/table.ts";
export * from "./notebook/verdict.ts";
export { batchNormInference, batchNormTraining } from "./ops/batch_norm.ts";
export { EPSILON as BATCH_NORM_EPSILON } from "./ops/batch_norm.ts";
export * from "./ops/batch_norm_reference.ts";
export * from "./paper/ilsvrc.ts";
export * from "./paper/paper_table.ts";
export * from "./paper/r15_architectures.ts";
export * from "./paper/r15_cifar.ts";
export * from "./paper/r15_imagenet.ts";
export * from "./paper/r16_results.ts";
export * from "./paper/r16_units.ts";
export * from "./paper/recipes.ts";
export * from "./paper/reference_counts.ts";
export * from "./plots/depth_effects.ts";
export type { Figure } from "./plots/figure.ts";
export * from "./plots/gradient_norms.ts";
export * from "./plots/learning_curves.ts";
export * from "./plots/paper_figures.ts";
export * from "./plots/paper_results.ts";
export * from "./plots/placement_figures.ts";
export * from "./plots/side_by_side.ts";
export * from "./plots/unit_lines.ts";
export * from "./records/comparable_records.ts";
export * from "./records/comparable_seeds.ts";
export * from "./records/list_records.ts";
export * from "./records/read_record.ts";
export {
  parseRunSpec,
  type RunSpec,
  type RunSpecInput,
} from "./records/run_spec.ts";
export type { Hardware, RunRecord, Software } from "./records/schema.ts";
export * from "./records/write_record.ts";
export * from "./training/evaluate.ts";
export * from "./training/first_images.ts";
export * from "./training/measure_gradient_norms.ts";
export * from "./training/recipe.ts";
export * from "./training/recipes.ts";
export * from "./training/train.ts";
export type { DataType } from "./weights/data_type.ts";
export * from "./weights/load_weights.ts";
export type { TensorInfo } from "./weights/parse_header.ts";
export {
  openSafetensors,
  SafetensorsFile,
} from "./weights/read_safetensors.ts";
export * from "./weights/save_weights.ts";
export type { WeightNaming } from "./weights/stored_form.ts";
export * from "./weights/stored_tensor.ts";
export * from "./weights/to_float32.ts";
export * from "./weights/write_safetensors.ts";
