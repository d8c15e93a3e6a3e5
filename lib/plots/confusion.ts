import type { Annotation, Figure } from "./figure.ts";
import { figure } from "./house_look.ts";

/** Classes up to which the counts are written into the matrix. */
const MOST_WRITTEN = 20;

/**
 * Draws a confusion matrix: rows are the images' classes, columns what they were
 * taken for, colours the share of a row, and the number of images stands in each
 * field.
 *
 * @param confusion Number of images by class (row) and by what they were taken
 * for (column).
 * @param classes Names of the classes.
 * @throws {RangeError} If there are not as many names as rows.
 */
export function confusionPlot(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  title = "What is taken for what",
): Figure {
  if (classes.length !== confusion.length) {
    throw new RangeError(
      `Expected ${confusion.length} names of classes but found ${classes.length}`,
    );
  }
  const shares = confusion.map((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((count) => sum === 0 ? 0 : count / sum);
  });
  const size = Math.max(480, Math.min(900, 200 + 44 * classes.length));
  return figure([{
    type: "heatmap",
    z: shares,
    x: [...classes],
    y: [...classes],
    zmin: 0,
    zmax: 1,
    colorscale: "Cividis",
    showscale: true,
    hovertemplate: "%{y} taken for %{x}<br>%{z:.1%}<extra></extra>",
  }], {
    title: { text: title },
    width: size + 60,
    height: size,
    xaxis: {
      title: { text: "taken for" },
      type: "category",
      showgrid: false,
      automargin: true,
    },
    yaxis: {
      title: { text: "class" },
      type: "category",
      range: [classes.length - 0.5, -0.5],
      showgrid: false,
      automargin: true,
    },
    annotations: classes.length > MOST_WRITTEN
      ? []
      : confusion.flatMap((row, i) =>
        row.map((count, j) => words(count, i, j, shares[i]![j]!))
      ),
  });
}

/** A number in its field: light on the scale's dark half, dark on the light. */
function words(
  count: number,
  row: number,
  column: number,
  share: number,
): Annotation {
  return {
    text: String(count),
    x: column,
    y: row,
    xref: "x",
    yref: "y",
    showarrow: false,
    font: { size: 12, color: share < 0.5 ? "#ffffff" : "#000000" },
  };
}
