package dev.assay.messages.local;

import dev.assay.messages.text.NormalText;
import dev.assay.model.message.Thresholds;
import java.util.ArrayList;
import java.util.List;

/**
 * What training gave.
 *
 * @param thresholds chosen for the target recall
 * @param heldOut quality on the training texts, each judged by a model that has not seen it
 * @param texts distinct texts it was trained on
 */
public record Trained(LocalModel model, Thresholds thresholds, Quality heldOut, int texts) {
  /** The quality on other texts, with the chosen thresholds. */
  public Quality on(List<LabelledText> others) {
    List<Quality.Judged> judged = new ArrayList<>();
    for (LabelledText other : others) {
      LocalModel.Answer answer = model.answer(NormalText.of(other.text()).value());
      judged.add(
          new Quality.Judged(
              other.categories(), Trainer.over(answer.confidences().byCategory(), thresholds)));
    }
    return Quality.of(judged, model.categories());
  }
}
