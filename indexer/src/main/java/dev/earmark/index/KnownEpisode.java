package dev.earmark.index;

/** What decides whether an indexed episode is up to date. */
public interface KnownEpisode {
  /** The path or address it was found at. */
  String origin();

  /** Of its content when it was indexed; empty if it is to be indexed again in any case. */
  String fingerprint();
}
