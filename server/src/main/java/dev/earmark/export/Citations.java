package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.Episode;
import dev.earmark.model.Speaker;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Citations to the second: an entry a hit, the episode as a broadcast or recording, its author who
 * says the words, else who is heard in the episode, the time as what a page is in a book.
 *
 * <p>A name is cited as it stands: who is a given and what a family name is not known, so in
 * CSL-JSON names are literal and in BibTeX they stand in braces.
 *
 * @see <a href="https://docs.citationstyles.org/en/stable/specification.html">CSL 1.0.2</a>
 */
final class Citations {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Citations() {}

  /** What every form says of a hit. */
  private record Entry(
      String key,
      String title,
      List<String> authors,
      @Nullable String show,
      @Nullable LocalDate date,
      String url,
      @Nullable String time,
      String quotation,
      String language) {

    static Entry of(Hit hit, Asked asked) {
      Episode episode = hit.episode();
      String speaker = hit.moment().moment().speaker();
      List<String> authors = new ArrayList<>();
      if (speaker != null) {
        authors.add(HitText.oneLine(speaker));
      } else {
        episode.speakers().stream().map(Speaker::name).map(HitText::oneLine).forEach(authors::add);
      }
      Long at = hit.atMs();
      TimeSpan span = HitText.span(hit);
      String time = at == null || span == null ? null : Timestamp.clamped(at).clock();
      return new Entry(
          key(hit),
          HitText.oneLine(episode.title()),
          authors,
          episode.show() == null ? null : HitText.oneLine(episode.show()),
          episode.date(),
          asked.base() + Links.of(hit).page(),
          time,
          HitText.oneLine(hit.moment().moment().text()),
          hit.moment().language());
    }

    /** Letters, digits and hyphens: what every reader of BibTeX takes. */
    private static String key(Hit hit) {
      String name =
          hit.episode().id().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
              + "-"
              + Integer.toHexString(hit.moment().source().hashCode())
              + "-"
              + hit.moment().ordinal();
      return name.startsWith("-") ? "e" + name : name;
    }
  }

  static final class Csl implements SearchWriter {
    private final Asked asked;
    private boolean begun;

    Csl(Asked asked) {
      this.asked = asked;
    }

    @Override
    public String begin() {
      return "[";
    }

    @Override
    public String hit(Hit hit) {
      Entry entry = Entry.of(hit, asked);
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("id", entry.key());
      item.put("type", "broadcast");
      item.put("title", entry.title());
      item.put("genre", "Podcast");
      if (!entry.authors().isEmpty()) {
        item.put("author", entry.authors().stream().map(name -> Map.of("literal", name)).toList());
      }
      if (entry.show() != null) {
        item.put("container-title", entry.show());
      }
      LocalDate date = entry.date();
      if (date != null) {
        item.put(
            "issued",
            Map.of(
                "date-parts",
                List.of(List.of(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))));
      }
      item.put("URL", entry.url());
      item.put("language", entry.language());
      item.put("abstract", entry.quotation());
      if (entry.time() != null) {
        item.put("note", "at " + entry.time());
      }
      String before = begun ? ",\n" : "\n";
      begun = true;
      try {
        return before + MAPPER.writeValueAsString(item);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a map of texts is always JSON", e);
      }
    }

    @Override
    public String end() {
      return "\n]\n";
    }
  }

  static final class BibTex implements SearchWriter {
    private final Asked asked;

    BibTex(Asked asked) {
      this.asked = asked;
    }

    @Override
    public String begin() {
      return "";
    }

    @Override
    public String hit(Hit hit) {
      Entry entry = Entry.of(hit, asked);
      StringBuilder out = new StringBuilder("@misc{").append(entry.key());
      field(out, "title", "{" + tex(entry.title()) + "}");
      if (!entry.authors().isEmpty()) {
        field(
            out,
            "author",
            String.join(
                " and ", entry.authors().stream().map(name -> "{" + tex(name) + "}").toList()));
      }
      if (entry.show() != null) {
        field(out, "howpublished", tex(entry.show()));
      }
      LocalDate date = entry.date();
      if (date != null) {
        field(out, "year", Integer.toString(date.getYear()));
        field(out, "month", Integer.toString(date.getMonthValue()));
        field(out, "day", Integer.toString(date.getDayOfMonth()));
      }
      field(out, "url", entry.url().replace("{", "%7B").replace("}", "%7D"));
      field(out, "language", entry.language());
      if (entry.time() != null) {
        field(out, "note", "at " + entry.time());
      }
      field(out, "abstract", tex(entry.quotation()));
      return out.append("\n}\n\n").toString();
    }

    private static void field(StringBuilder out, String name, String value) {
      out.append(",\n  ").append(name).append(" = {").append(value).append('}');
    }

    private static String tex(String text) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '\\' -> out.append("\\textbackslash{}");
          case '~' -> out.append("\\textasciitilde{}");
          case '^' -> out.append("\\textasciicircum{}");
          case '{', '}', '$', '&', '#', '_', '%' -> out.append('\\').append(c);
          default -> out.append(c);
        }
      }
      return out.toString();
    }

    @Override
    public String end() {
      return "";
    }
  }

  /**
   * A tag a line.
   *
   * @see <a href="https://en.wikipedia.org/wiki/RIS_(file_format)">RIS</a>
   */
  static final class Ris implements SearchWriter {
    private final Asked asked;

    Ris(Asked asked) {
      this.asked = asked;
    }

    @Override
    public String begin() {
      return "";
    }

    @Override
    public String hit(Hit hit) {
      Entry entry = Entry.of(hit, asked);
      StringBuilder out = new StringBuilder();
      tag(out, "TY", "SOUND");
      tag(out, "ID", entry.key());
      tag(out, "TI", entry.title());
      // A comma in it would part a family name from a given one.
      entry.authors().forEach(author -> tag(out, "AU", author.replace(",", "")));
      if (entry.show() != null) {
        tag(out, "T2", entry.show());
      }
      LocalDate date = entry.date();
      if (date != null) {
        tag(out, "PY", Integer.toString(date.getYear()));
        tag(out, "DA", date.toString().replace('-', '/'));
      }
      tag(out, "UR", entry.url());
      tag(out, "LA", entry.language());
      if (entry.time() != null) {
        tag(out, "N1", "at " + entry.time());
      }
      tag(out, "AB", entry.quotation());
      return out.append("ER  - \r\n\r\n").toString();
    }

    private static void tag(StringBuilder out, String name, String value) {
      out.append(name).append("  - ").append(value).append("\r\n");
    }

    @Override
    public String end() {
      return "";
    }
  }
}
