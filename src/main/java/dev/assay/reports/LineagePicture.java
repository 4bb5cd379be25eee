package dev.assay.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables and files in three columns with lines between them: positions only, drawn by the template.
 */
public record LineagePicture(int width, int height, List<Box> boxes, List<Line> lines) {
  /** A table or a group of files. */
  public record Box(String name, String layer, int x, int y, int width, int height) {}

  /** From the right side of one box to the left side of another. */
  public record Line(int x1, int y1, int x2, int y2) {
    /** The line as an SVG path that leaves and arrives level. */
    public String path() {
      int middle = (x1 + x2) / 2;
      return "M%d %d C%d %d %d %d %d %d".formatted(x1, y1, middle, y1, middle, y2, x2, y2);
    }
  }

  private static final int BOX_WIDTH = 230;
  private static final int BOX_HEIGHT = 30;
  private static final int GAP = 14;
  private static final int BETWEEN = 90;
  private static final List<String> LAYERS = List.of("raw", "prepared", "semantic");

  /** The picture of these tables and what they were made from. */
  static LineagePicture of(List<TableReport> reports) {
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    for (TableReport report : reports) {
      inputs.put(report.run().table().toString(), Inputs.brief(report.run().inputs()));
    }
    Map<String, Box> boxes = new LinkedHashMap<>();
    int[] used = new int[LAYERS.size()];
    for (Map.Entry<String, List<String>> entry : inputs.entrySet()) {
      entry.getValue().forEach(input -> place(input, boxes, used));
      place(entry.getKey(), boxes, used);
    }
    List<Line> lines = new ArrayList<>();
    inputs.forEach((table, from) -> from.forEach(input -> lines.add(line(input, table, boxes))));
    int rows = Math.max(used[0], Math.max(used[1], used[2]));
    return new LineagePicture(
        3 * BOX_WIDTH + 2 * BETWEEN,
        Math.max(1, rows) * (BOX_HEIGHT + GAP),
        List.copyOf(boxes.values()),
        lines);
  }

  private static void place(String name, Map<String, Box> boxes, int[] used) {
    if (boxes.containsKey(name)) {
      return;
    }
    String layer = name.contains(".") ? name.substring(0, name.indexOf('.')) : "raw";
    int column = Math.max(0, LAYERS.indexOf(layer));
    int y = used[column]++ * (BOX_HEIGHT + GAP);
    boxes.put(
        name,
        new Box(
            name, LAYERS.get(column), column * (BOX_WIDTH + BETWEEN), y, BOX_WIDTH, BOX_HEIGHT));
  }

  private static Line line(String from, String to, Map<String, Box> boxes) {
    Box left = java.util.Objects.requireNonNull(boxes.get(from));
    Box right = java.util.Objects.requireNonNull(boxes.get(to));
    return new Line(
        left.x() + left.width(),
        left.y() + left.height() / 2,
        right.x(),
        right.y() + right.height() / 2);
  }
}
