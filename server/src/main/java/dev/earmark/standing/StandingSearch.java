package dev.earmark.standing;

import dev.earmark.query.NotUnderstood;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A search that is asked of every episode that comes.
 *
 * @param id tells it from others that had its name before
 * @param name small letters, digits and hyphens
 * @param query as it is typed
 * @param filters values chosen, by the names of facets
 * @param webhook where what is found is sent; null for nowhere
 * @param secret of the signatures of the webhook: {@code whsec_} and a key in Base64; null if there
 *     is no webhook
 * @param mail who is written to
 * @param baseUrl what links to pages begin with
 * @param allowPrivate whether the webhook may be at a private address
 */
public record StandingSearch(
    String id,
    String name,
    String query,
    Map<String, List<String>> filters,
    @Nullable String webhook,
    @Nullable String secret,
    List<String> mail,
    String baseUrl,
    boolean allowPrivate) {

  public StandingSearch {
    filters = filters == null ? Map.of() : new TreeMap<>(filters);
    mail = mail == null ? List.of() : List.copyOf(mail);
    baseUrl = baseUrl == null || baseUrl.isBlank() ? "http://127.0.0.1:7070" : baseUrl;
    baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
  }

  /**
   * What is asked.
   *
   * @throws StandingException if it cannot be understood; says where and why
   */
  SearchRequest request() throws StandingException {
    try {
      SearchRequest request = SearchRequest.of(query).withNear(SearchRequest.Near.FALSE);
      List<NotUnderstood> parts = request.query().notUnderstood();
      if (!parts.isEmpty()) {
        throw new StandingException(
            parts.stream()
                .map(part ->
                    "the standing search \""
                        + name
                        + "\" is not understood at character "
                        + (part.from() + 1)
                        + " of "
                        + query
                        + ": "
                        + part.message())
                .collect(Collectors.joining("; ")));
      }
      for (Map.Entry<String, List<String>> filter : filters.entrySet()) {
        request = request.withFilter(filter.getKey(), filter.getValue().toArray(String[]::new));
      }
      return request;
    } catch (BadRequestException e) {
      throw new StandingException("the standing search \"" + name + "\": " + e.getMessage());
    }
  }
}
