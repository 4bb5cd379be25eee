package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitKindTest {
  @Test
  void everyKindHasItsOwnCode() {
    assertThat(ExitKind.values())
        .extracting(ExitKind::name, ExitKind::code)
        .containsExactly(
            tuple("OK", 0),
            tuple("OUR_FAULT", 1),
            tuple("USAGE", 2),
            tuple("HELD", 3),
            tuple("WRONG_FILES", 4),
            tuple("OUTSIDE_UNAVAILABLE", 5),
            tuple("DELIVERIES_WAITING", 6),
            tuple("INPUT_MISSING", 7));
  }

  @Test
  void severalJobsEndAsTheMostPressingOfThem() {
    List<Integer> pressing = List.of(1, 4, 7, 5, 3, 6, 0);
    for (int first = 0; first < pressing.size(); first++) {
      List<ExitKind> rest = new ArrayList<>();
      pressing.subList(first, pressing.size()).forEach(code -> rest.add(kind(code)));
      assertThat(ExitKind.ofAll(rest).code()).isEqualTo(pressing.get(first));
      Collections.reverse(rest);
      assertThat(ExitKind.ofAll(rest).code()).isEqualTo(pressing.get(first));
    }
  }

  @Test
  void noJobsEndWell() {
    assertThat(ExitKind.ofAll(List.of())).isEqualTo(ExitKind.OK);
  }

  private static ExitKind kind(int code) {
    return Arrays.stream(ExitKind.values())
        .filter(kind -> kind.code() == code)
        .findFirst()
        .orElseThrow();
  }
}
