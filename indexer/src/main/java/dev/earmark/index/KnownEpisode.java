package dev.earmark.index;

import dev.earmark.corpus.Cast;
import dev.earmark.model.Person;
import java.util.Map;
import java.util.Set;

/** What decides whether an indexed episode is up to date. */
public interface KnownEpisode {
  /** The path or address it was found at. */
  String origin();

  /** Of its content when it was indexed; empty if it is to be indexed again in any case. */
  String fingerprint();

  /** Who is heard in it, as its own sources tell. */
  Cast cast();

  /** The ids of the pictures that it names. */
  Set<String> pictures();

  /** Whom the names of its cast were taken for when it was indexed. */
  Map<String, Person> people();
}
