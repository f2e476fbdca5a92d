package dev.earmark.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** Reads and writes an episode's entry as the JSON stored in the index. Thread-safe. */
public final class EntryJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private EntryJson() {}

  /** The JSON of an entry. */
  public static String write(EpisodeEntry entry) {
    try {
      return MAPPER.writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an entry is always JSON", e);
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
