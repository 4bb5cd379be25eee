package dev.assay.messages.comprehend;

import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Into how many hands questions are dealt, and how: each hand gets about as many characters, and
 * all hands are played at the same time, or the quota would not be used up.
 *
 * @param hands at least 1
 */
record Deal(int hands) {
  /** How long a call takes, when it takes long. */
  private static final double SECONDS_OF_CALL = 0.5;

  private static final Pattern LOCAL = Pattern.compile("local\\[\\s*(\\d+|\\*)\\s*(,.*)?]");

  /** As many as the quota keeps busy, and Spark runs at once. */
  static Deal of(SparkContext spark, ComprehendSettings settings) {
    double calls = settings.rate().documentsPerSecond() * SECONDS_OF_CALL;
    int busy = (int) Math.min(Integer.MAX_VALUE, Math.ceil(calls / settings.threads()));
    return new Deal(Math.max(1, Math.min(busy, slots(spark))));
  }

  /** Tasks that Spark runs at once, as it stands now. */
  static int slots(SparkContext spark) {
    String master = spark.master();
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      return local.group(1).equals("*")
          ? Runtime.getRuntime().availableProcessors()
          : Integer.parseInt(local.group(1));
    }
    if (master.equals("local")) {
      return 1;
    }
    SparkConf conf = spark.getConf();
    int executors = Math.max(1, spark.statusTracker().getExecutorInfos().length - 1);
    int cores = conf.getInt("spark.executor.cores", 1);
    return executors * Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
  }

  /** A longer text takes more than a second of a hand's share: it is better asked alone. */
  long longest(ComprehendRate rate) {
    return hands == 1 ? Long.MAX_VALUE : (long) rate.share(hands).charactersPerSecond();
  }

  /** Deals: the longest first, one to each hand in turn. */
  JavaRDD<Row> deal(JavaRDD<Row> questions) {
    return questions
        .sortBy(Deal::order, true, hands)
        .zipWithIndex()
        .mapToPair(indexed -> new Tuple2<>(indexed._2, indexed._1))
        .partitionBy(new InTurn(hands))
        .values();
  }

  private static String order(Row question) {
    return "%010d %s"
        .formatted(Integer.MAX_VALUE - question.getString(1).length(), question.getString(0));
  }

  private static final class InTurn extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int hands;

    InTurn(int hands) {
      this.hands = hands;
    }

    @Override
    public int numPartitions() {
      return hands;
    }

    @Override
    public int getPartition(Object index) {
      return (int) ((Long) index % hands);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof InTurn turn && turn.hands == hands;
    }

    @Override
    public int hashCode() {
      return hands;
    }
  }
}
