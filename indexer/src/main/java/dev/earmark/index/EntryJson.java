package dev.earmark.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earmark.corpus.Cast;
import dev.earmark.model.Episode;
import dev.earmark.model.Person;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes an episode's entry as the JSON stored in the index. Thread-safe. */
public final class EntryJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The part of an entry that tells who is heard, and which pictures it names. */
  public record People(Cast cast, Map<String, Person> people, Set<String> pictures) {
    public People {
      // An entry of an older index names none.
      pictures = Set.copyOf(Objects.requireNonNullElse(pictures, Set.of()));
    }
  }

  /** The part of an entry that tells where its episode stands among others, and how long it is. */
  public record Head(Titled episode, List<Counted> sources) {

    /** An episode by what orders it. */
    public record Titled(String id, String title, @Nullable LocalDate date) {}

    /** A source by its words. */
    public record Counted(long words) {}

    /** How many words the moments of the episode have. */
    public long words() {
      return sources.stream().mapToLong(Counted::words).sum();
    }
  }

  private EntryJson() {}

  /** The JSON of an entry. */
  public static String write(EpisodeEntry entry) {
    try {
      return MAPPER.writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an entry is always JSON", e);
    }
  }

  /** The JSON of where an episode stands among others. */
  public static byte[] writeHead(EpisodeEntry entry) {
    Episode episode = entry.episode();
    Head head =
        new Head(
            new Head.Titled(episode.id(), episode.title(), episode.date()),
            List.of(new Head.Counted(entry.words())));
    try {
      return MAPPER.writeValueAsBytes(head);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a head is always JSON", e);
    }
  }

  /** The JSON of who is heard in an episode. */
  public static String writePeople(EpisodeEntry entry) {
    try {
      return MAPPER.writeValueAsString(new People(entry.cast(), entry.people(), entry.pictures()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("people are always JSON", e);
    }
  }

  /**
   * What {@link #writePeople} wrote.
   *
   * @throws IndexException if the JSON is something else
   */
  public static People readPeople(String json) {
    try {
      return MAPPER.readValue(json, People.class);
    } catch (IOException e) {
      throw new IndexException("a stored episode cannot be read; run ./earmark check", e);
    }
  }

  /**
   * What {@link #writeHead} wrote, or that part of what {@link #write} did.
   *
   * @param json in UTF-8
   * @throws IndexException if the JSON is no entry
   */
  public static Head readHead(byte[] json, int from, int length) {
    try {
      return MAPPER.readValue(json, from, length, Head.class);
    } catch (IOException e) {
      throw new IndexException("a stored episode cannot be read; run ./earmark check", e);
    }
  }

  /**
   * The entry that {@link #write} wrote.
   *
   * @throws IndexException if the JSON is no entry
   */
  public static EpisodeEntry read(String json) {
    try {
      return MAPPER.readValue(json, EpisodeEntry.class);
    } catch (IOException e) {
      throw new IndexException("a stored episode cannot be read; run ./earmark check", e);
    }
  }
}
