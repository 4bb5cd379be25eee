package dev.assay.sending;

/**
 * A message on its way. Never written to a log or an error.
 *
 * @param deliveryKey 64 hexadecimal digits, the same whenever this message is sent
 * @param address as the channel needs it
 * @param campaign empty if the job knows none
 */
public record Outgoing(String deliveryKey, String address, String text, String campaign) {
  @Override
  public String toString() {
    return "Outgoing[" + deliveryKey + "]";
  }
}
