package dev.assay.model.job;

import dev.assay.model.RowRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing a prepare job does with its rows. Steps run in the order of the file. */
public sealed interface Step {
  /** A step that gives columns other names. */
  sealed interface Renaming extends Step {
    /** New names by old names. */
    Map<String, String> names();
  }

  /** New names by old names; all of them must be there. */
  record Rename(Map<String, String> names) implements Renaming {
    public Rename {
      names = ordered(names);
    }
  }

  /**
   * New names by old names, from a file that several jobs share: those of the names that are there.
   */
  record RenameBy(Map<String, String> names) implements Renaming {
    public RenameBy {
      names = ordered(names);
    }
  }

  /** New types for columns, with the formats of {@link ColumnSpec}. */
  record Cast(List<ColumnSpec> columns) implements Step {
    public Cast {
      columns = List.copyOf(columns);
    }
  }

  /** White space at both ends goes. */
  record Trim(List<String> columns) implements Step {
    public Trim {
      columns = List.copyOf(columns);
    }
  }

  /** One spelling per value. */
  record Normalise(Map<String, Form> columns) implements Step {
    public Normalise {
      columns = ordered(columns);
    }

    /** The spellings. */
    public enum Form {
      UPPER,
      LOWER,
      SINGLE_SPACES,
      DIGITS
    }
  }

  /** New columns as Spark SQL expressions. */
  record Derive(Map<String, String> expressions) implements Step {
    public Derive {
      expressions = ordered(expressions);
    }
  }

  /** Columns that are not kept. */
  record Drop(List<String> columns) implements Step {
    public Drop {
      columns = List.copyOf(columns);
    }
  }

  /** Rows that do not meet the condition are left out, and counted. */
  record Filter(String condition) implements Step {}

  /**
   * Of rows with equal keys one is kept.
   *
   * @param order Spark SQL orderings; the first row by them is kept
   */
  record Deduplicate(List<String> keys, List<String> order) implements Step {
    public Deduplicate {
      keys = List.copyOf(keys);
      order = List.copyOf(order);
    }
  }

  /** Personal data, protected before it is first written. */
  record Protect(Map<String, Protection> columns) implements Step {
    public Protect {
      columns = ordered(columns);
    }
  }

  /** Rows that break a rule go to the quarantine. */
  record RowRules(List<RowRule> rules) implements Step {
    public RowRules {
      rules = List.copyOf(rules);
    }
  }

  private static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
