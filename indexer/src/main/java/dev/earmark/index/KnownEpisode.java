package dev.earmark.index;

/** What tells whether an episode of an index is still as it was when it was indexed. */
public interface KnownEpisode {
  /** The path or address it was found at. */
  String origin();

  /** Of its content when it was indexed; empty if it is to be indexed again in any case. */
  String fingerprint();
}
