package dev.earmark.export;

import dev.earmark.query.NotUnderstood;
import dev.earmark.search.SearchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The search that is written, and where.
 *
 * @param request what was asked
 * @param base of this server, such as {@code http://127.0.0.1:7070}
 * @param address at which the answer is given, whole
 * @param page the address of the same search as a page
 * @param left what the answer lacks, in words; empty if that is nothing or is not known
 */
public record Asked(SearchRequest request, String base, String address, String page, String left) {

  /** The same, with what its answer lacks. */
  public Asked without(List<NotUnderstood> parts) {
    String messages = parts.stream().map(NotUnderstood::message).collect(Collectors.joining("; "));
    return new Asked(request, base, address, page, messages);
  }

  /** What was asked for in a few words. */
  public String title() {
    List<String> parts = new ArrayList<>();
    if (!request.query().text().isBlank()) {
      parts.add(request.query().text().strip());
    }
    request.filters().values().forEach(parts::addAll);
    return parts.isEmpty() ? "Everything" : String.join(", ", parts);
  }
}
