package dev.assay.rules.evaluate;

import org.apache.spark.sql.SparkSession;

/** On a few rows, compiling code takes longer than everything else. */
final class SmallData {
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
  private static final String EXPRESSIONS = "spark.sql.codegen.factoryMode";

  private SmallData() {}

  static void dontGenerateCode(SparkSession session) {
    session.conf().set(WHOLE_STAGE, "false");
    session.conf().set(EXPRESSIONS, "NO_CODEGEN");
  }

  static void generateCode(SparkSession session) {
    session.conf().unset(WHOLE_STAGE);
    session.conf().unset(EXPRESSIONS);
  }
}
