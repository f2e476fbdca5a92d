package dev.earmark.clip;

import java.io.IOException;

/** Why a clip could not be cut, and what would help. */
public final class ClipException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Reason {
    /** The programs that cut are not on this machine. */
    NO_PROGRAM,
    /** It lies beyond the end of the recording. */
    BEYOND_END,
    /** As many clips as may be are being cut. */
    BUSY,
    /** It takes longer than it may. */
    TOO_SLOW,
    /** Whoever asked is gone. */
    ABANDONED,
    /** The recording cannot be read or the clip not be written. */
    FAILED
  }

  private final Reason reason;

  ClipException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
