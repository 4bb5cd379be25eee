package dev.assay.prepare;

import dev.assay.model.job.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import scala.collection.JavaConverters;

/** Which source columns a job protects, followed back through renames and derived columns. */
final class ProtectedSources {
  /** Stands for all columns. */
  static final String EVERY = "*";

  private ProtectedSources() {}

  /** Whether a source column is among the secret ones; Spark does not tell case apart. */
  static boolean holds(Set<String> secret, String column) {
    return secret.contains(EVERY) || secret.stream().anyMatch(column::equalsIgnoreCase);
  }

  static Set<String> of(List<Step> steps) {
    Set<String> secret = new LinkedHashSet<>();
    for (int index = steps.size() - 1; index >= 0; index--) {
      Step step = steps.get(index);
      if (step instanceof Step.Protect protect) {
        secret.addAll(protect.columns().keySet());
      } else if (step instanceof Step.Renaming rename) {
        rename
            .names()
            .forEach(
                (source, target) -> {
                  if (holds(secret, target)) {
                    secret.add(source);
                  }
                });
      } else if (step instanceof Step.Derive derive) {
        List<String> derived = new ArrayList<>(derive.expressions().keySet());
        for (int last = derived.size() - 1; last >= 0; last--) {
          String column = derived.get(last);
          if (holds(secret, column)) {
            secret.addAll(columnsIn(derive.expressions().getOrDefault(column, "")));
          }
        }
      }
    }
    return secret;
  }

  /** The columns that an SQL expression names. */
  static Set<String> columnsIn(String sql) {
    Set<String> names = new LinkedHashSet<>();
    collect(functions.expr(sql).expr(), names);
    return names;
  }

  private static void collect(Expression expression, Set<String> names) {
    if (expression instanceof UnresolvedAttribute attribute) {
      // of a nested field the column around it
      names.add(attribute.nameParts().head());
    } else if (expression instanceof Star) {
      names.add(EVERY);
    }
    for (Expression child : JavaConverters.seqAsJavaList(expression.children())) {
      collect(child, names);
    }
  }
}
