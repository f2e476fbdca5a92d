package dev.earmark.standing;

import java.io.IOException;

/** A standing search that cannot be kept, matched or delivered; the message says why. */
public final class StandingException extends IOException {
  private static final long serialVersionUID = 1;

  public StandingException(String message) {
    super(message);
  }
}
