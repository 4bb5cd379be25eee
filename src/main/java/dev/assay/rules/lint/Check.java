package dev.assay.rules.lint;

import dev.assay.rules.parse.Ruleset;
import java.util.List;

/** Looks for one kind of thing. */
interface Check {
  List<Remark> remarks(Ruleset ruleset);
}
