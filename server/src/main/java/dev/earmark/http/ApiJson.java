package dev.earmark.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earmark.search.SearchPage;

/** The JSON of the API, for other doors that print it. Thread-safe. */
public final class ApiJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private ApiJson() {}

  /** A search's answer as {@code /api/v1/search} gives it. */
  public static String write(SearchPage page, boolean byEpisode) {
    try {
      return MAPPER.writeValueAsString(Answers.of(page, byEpisode));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer is always JSON", e);
    }
  }
}
