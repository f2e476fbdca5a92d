package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.model.Speaker;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Citations to the second: an entry a hit, or one of an episode, which is cited as a broadcast or
 * recording, its author who says the words, else who is heard in the episode, the time as what a
 * page is in a book.
 *
 * <p>A name is cited as it stands: who is a given and what a family name is not known, so in
 * CSL-JSON names are literal and in BibTeX they stand in braces.
 *
 * @see <a href="https://docs.citationstyles.org/en/stable/specification.html">CSL 1.0.2</a>
 */
public final class Citations {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Citations() {}

  /** A form of citations. */
  public enum Form {
    BIB(SearchForm.BIB),
    RIS(SearchForm.RIS),
    CSL(SearchForm.CSL);

    private final SearchForm ofSearch;

    Form(SearchForm ofSearch) {
      this.ofSearch = ofSearch;
    }

    /** The name at the end of an address. */
    public String id() {
      return ofSearch.id();
    }

    public String mediaType() {
      return ofSearch.mediaType();
    }

    /** The form of this name. */
    public static Optional<Form> of(String id) {
      return Arrays.stream(values()).filter(form -> form.id().equals(id)).findFirst();
    }
  }

  /**
   * The citation of an episode.
   *
   * @param at the instant that is cited; null for the whole
   * @param said what is said there; null if that is not known
   * @param base of this server
   */
  public static String of(
      Episode episode,
      @Nullable Timestamp at,
      @Nullable StoredMoment said,
      Form form,
      String base) {
    Entry entry = Entry.of(episode, at == null ? null : at.millis(), said, base);
    Writer writer =
        switch (form) {
          case BIB -> new BibTex(base);
          case RIS -> new Ris(base);
          case CSL -> new Csl(base);
        };
    return writer.begin() + writer.write(entry) + writer.end();
  }

  /** What every form says of a hit, or of an episode. */
  private record Entry(
      String key,
      String title,
      List<String> authors,
      @Nullable String show,
      @Nullable LocalDate date,
      String url,
      @Nullable String time,
      @Nullable String quotation,
      @Nullable String language) {

    static Entry of(Hit hit, String base) {
      Long at = hit.atMs();
      return of(hit.episode(), HitText.span(hit) == null ? null : at, hit.moment(), base);
    }

    static Entry of(
        Episode episode, @Nullable Long atMs, @Nullable StoredMoment said, String base) {
      String speaker = said == null ? null : said.moment().speaker();
      List<String> authors = new ArrayList<>();
      if (speaker != null) {
        authors.add(HitText.oneLine(speaker));
      } else {
        episode.speakers().stream().map(Speaker::name).map(HitText::oneLine).forEach(authors::add);
      }
      Timestamp at = atMs == null ? null : Timestamp.clamped(atMs);
      return new Entry(
          key(episode, at, said),
          HitText.oneLine(episode.title()),
          authors,
          episode.show() == null ? null : HitText.oneLine(episode.show()),
          episode.date(),
          base + Links.of(episode, atMs, null).page(),
          at == null ? null : at.clock(),
          said == null ? null : HitText.oneLine(said.moment().text()),
          language(said == null ? episode.language() : said.language()));
    }

    /** A language that is not known is none. */
    private static @Nullable String language(@Nullable String tag) {
      return tag == null || tag.equals("und") ? null : tag;
    }

    /** Letters, digits and hyphens: what every reader of BibTeX takes. */
    private static String key(
        Episode episode, @Nullable Timestamp at, @Nullable StoredMoment said) {
      String name = episode.id().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      if (said != null) {
        name += "-" + Integer.toHexString(said.source().hashCode()) + "-" + said.ordinal();
      } else if (at != null) {
        name += "-" + at.wholeSeconds();
      }
      return name.startsWith("-") ? "e" + name : name;
    }
  }

  /** Writes entries of hits, or one of an episode. */
  private abstract static class Writer implements SearchWriter {
    private final String base;

    Writer(String base) {
      this.base = base;
    }

    @Override
    public final String hit(Hit hit) {
      return write(Entry.of(hit, base));
    }

    abstract String write(Entry entry);

    @Override
    public String begin() {
      return "";
    }

    @Override
    public String end() {
      return "";
    }
  }

  static final class Csl extends Writer {
    private boolean begun;

    Csl(Asked asked) {
      this(asked.base());
    }

    private Csl(String base) {
      super(base);
    }

    @Override
    public String begin() {
      return "[";
    }

    @Override
    String write(Entry entry) {
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
      if (entry.language() != null) {
        item.put("language", entry.language());
      }
      if (entry.quotation() != null) {
        item.put("abstract", entry.quotation());
      }
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

  static final class BibTex extends Writer {
    BibTex(Asked asked) {
      this(asked.base());
    }

    private BibTex(String base) {
      super(base);
    }

    @Override
    String write(Entry entry) {
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
      field(out, "abstract", entry.quotation() == null ? null : tex(entry.quotation()));
      return out.append("\n}\n\n").toString();
    }

    private static void field(StringBuilder out, String name, @Nullable String value) {
      if (value != null) {
        out.append(",\n  ").append(name).append(" = {").append(value).append('}');
      }
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
  }

  /**
   * A tag a line.
   *
   * @see <a href="https://en.wikipedia.org/wiki/RIS_(file_format)">RIS</a>
   */
  static final class Ris extends Writer {
    Ris(Asked asked) {
      this(asked.base());
    }

    private Ris(String base) {
      super(base);
    }

    @Override
    String write(Entry entry) {
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

    private static void tag(StringBuilder out, String name, @Nullable String value) {
      if (value != null) {
        out.append(name).append("  - ").append(value).append("\r\n");
      }
    }
  }
}
