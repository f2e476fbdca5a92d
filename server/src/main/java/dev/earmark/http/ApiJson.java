package dev.earmark.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earmark.search.Explanation;
import dev.earmark.search.SearchPage;
import java.util.Map;

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
    return write(page, byEpisode, Map.of());
  }

  /**
   * The same with explanations.
   *
   * @param explanations why hits score what they do, by the ids of their moments
   */
  public static String write(
      SearchPage page, boolean byEpisode, Map<String, Explanation> explanations) {
    try {
      return MAPPER.writeValueAsString(Answers.of(page, byEpisode, explanations));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer is always JSON", e);
    }
  }
}
