package dev.earmark.search.opensearch;

/** The cluster has lost a snapshot, or a part of it. */
final class LostSnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean whole;

  LostSnapshotException(String message, boolean whole) {
    super(message, null, false, false);
    this.whole = whole;
  }

  /** Whether nothing of it is left, as when its time is up. */
  boolean isWhole() {
    return whole;
  }
}
