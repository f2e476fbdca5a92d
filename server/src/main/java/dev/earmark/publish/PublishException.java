package dev.earmark.publish;

import java.io.IOException;

/** A site that cannot be published; the message says why and what to do. */
public final class PublishException extends IOException {
  private static final long serialVersionUID = 1;

  public PublishException(String message) {
    super(message);
  }
}
