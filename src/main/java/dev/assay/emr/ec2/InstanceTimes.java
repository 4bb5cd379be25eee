package dev.assay.emr.ec2;

import dev.assay.emr.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The times of single instances, added up by type and market. */
final class InstanceTimes {
  private InstanceTimes() {}

  private record Kind(String type, boolean spot) {}

  static List<Usage.Instances> added(List<Usage.Instances> single) {
    Map<Kind, Duration> times = new LinkedHashMap<>();
    single.forEach(
        one -> times.merge(new Kind(one.type(), one.spot()), one.time(), Duration::plus));
    List<Usage.Instances> added = new ArrayList<>();
    times.forEach((kind, time) -> added.add(new Usage.Instances(kind.type(), kind.spot(), time)));
    return added;
  }
}
