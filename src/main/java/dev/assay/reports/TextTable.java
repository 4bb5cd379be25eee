package dev.assay.reports;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A table in the terminal: a line under the header, no frames, numbers to the right. */
public final class TextTable<T> {
  private final List<ColumnData<T>> columns = new ArrayList<>();

  public TextTable<T> left(String header, Function<T, String> cell) {
    return add(header, HorizontalAlign.LEFT, cell);
  }

  public TextTable<T> right(String header, Function<T, String> cell) {
    return add(header, HorizontalAlign.RIGHT, cell);
  }

  private TextTable<T> add(String header, HorizontalAlign align, Function<T, String> cell) {
    columns.add(
        new Column()
            .header(header)
            .headerAlign(align)
            .dataAlign(align)
            .maxWidth(200, OverflowBehaviour.ELLIPSIS_RIGHT)
            .with(cell));
    return this;
  }

  /** The table's lines. */
  public String of(List<T> rows) {
    String[] lines = AsciiTable.getTable(AsciiTable.NO_BORDERS, rows, columns).split("\\R");
    List<String> ruled = new ArrayList<>();
    for (String line : lines) {
      if (ruled.size() == 1) {
        int width =
            Arrays.stream(lines).mapToInt(each -> each.stripTrailing().length()).max().orElse(0);
        ruled.add(" " + "─".repeat(Math.max(0, width - 1)));
      }
      ruled.add(line.stripTrailing());
    }
    return String.join("\n", ruled);
  }
}
