package dev.assay.cli;

import dev.assay.keys.KeyRing;
import dev.assay.model.job.Profile;
import dev.assay.sending.Protection;
import org.jspecify.annotations.Nullable;

/** Opens addresses with the profile's keys, which are fetched when the first is opened. */
final class KeyProtection implements Protection {
  private final Profile profile;
  private @Nullable KeyRing ring;

  KeyProtection(Profile profile) {
    this.profile = profile;
  }

  @Override
  public boolean isToken(String address) {
    return KeyRing.isToken(address);
  }

  @Override
  public boolean isCiphertext(String address) {
    return KeyRing.isCiphertext(address);
  }

  @Override
  public String reveal(String ciphertext) {
    if (ring == null) {
      ring = Wiring.keys(profile).load();
    }
    return ring.decrypt(ciphertext);
  }
}
