package dev.earmark.page;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Speaker;
import dev.earmark.model.TimeSpan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program that keeps references, such as Zotero, reads in the page of an episode: a context
 * object of OpenURL as the title of an empty element (COinS).
 *
 * <p>With a second in the page's address, that second is cited, and who speaks there.
 *
 * @see <a href="https://en.wikipedia.org/wiki/COinS">COinS</a>
 */
final class ContextObject {
  private static final int MOST_WORDS = 1_000;

  private ContextObject() {}

  /**
   * The keys and their values, encoded.
   *
   * @param at the instant that is cited; null for the whole
   * @param said what is said there; null if that is not known
   * @param base of this server; empty if there is none, and then no address is given
   */
  static String of(
      Episode episode, @Nullable TimeSpan at, @Nullable StoredMoment said, String base) {
    StringBuilder keys = new StringBuilder("ctx_ver=Z39.88-2004");
    key(keys, "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc");
    key(keys, "rft.type", "podcast");
    if (!base.isEmpty()) {
      String page = base + DeepLink.page(episode.id(), at == null ? null : at.start());
      key(keys, "rft_id", page);
      key(keys, "rft.identifier", page);
    }
    key(keys, "rft.title", episode.title());
    String speaker = said == null || at == null ? null : said.moment().speaker();
    List<String> people =
        speaker != null
            ? List.of(speaker)
            : episode.speakers().stream().map(Speaker::name).toList();
    people.forEach(name -> key(keys, "rft.creator", name));
    key(keys, "rft.source", episode.show());
    key(keys, "rft.date", episode.date() == null ? null : episode.date().toString());
    boolean known = episode.language() != null && !episode.language().equals("und");
    key(keys, "rft.language", known ? episode.language() : null);
    String words = said == null || at == null ? episode.description() : said.moment().text();
    if (words != null) {
      String shown = words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + "…";
      key(keys, "rft.description", at == null ? shown : "at " + at.start().clock() + ": " + shown);
    }
    return keys.toString();
  }

  private static void key(StringBuilder keys, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      String line = value.strip().replaceAll("\\s+", " ");
      keys.append('&').append(name).append('=');
      keys.append(URLEncoder.encode(line, StandardCharsets.UTF_8).replace("+", "%20"));
    }
  }
}
