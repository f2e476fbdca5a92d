package dev.earmark.model;

import java.util.List;

/**
 * Somebody as an index knows them, over all recordings they are heard in.
 *
 * @param name as it is shown beside what they say
 * @param value what tells them from everybody else in the index: the name, and behind it in
 *     brackets the show or the recording if somebody else has that name
 * @param spellings every way in which sources write the name
 */
public record Person(String name, String value, List<String> spellings) {
  public Person {
    spellings = List.copyOf(spellings);
  }

  /** Somebody of whom nothing but a name is known. */
  public static Person named(String name) {
    return new Person(name, name, List.of());
  }
}
