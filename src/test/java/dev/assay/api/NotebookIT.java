package dev.assay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The wrapper for notebooks, by PySpark with the class path of this test. */
@Tag("long")
class NotebookIT {
  private static final Path PYTHON = Path.of(".venv/bin/python").toAbsolutePath();

  @Test
  void theWrapperForNotebooksScoresDataFrames() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON.toString(), "src/test/python/test_assay.py")
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put(
        "ASSAY_CLASS_PATH",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // the environment's own Spark, not one of the machine
    environment.remove("SPARK_HOME");
    environment.put("PYSPARK_PYTHON", PYTHON.toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("Ran 6 tests").contains("\nOK");
  }
}
