package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Media;
import dev.earmark.model.Timestamp;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * An {@code episode.yaml}: what its owner says of an episode, and optionally which files are its
 * sources and in which format. Everything in it is optional.
 *
 * @param fields what it says of the episode
 * @param sources the files it lists; empty if it lists none
 * @param labels what the sources call a speaker, and who that is
 * @param heard what words are, and how they were heard
 * @param ids of people who are the same wherever a manifest gives them that id, by their names
 * @param mediaBase the address that names of media are relative to; null if there is none
 * @param encoding in which the texts are written that are no UTF-8; null if it does not say
 * @param image the name or address of a picture; null if it names none
 */
record Manifest(
    EpisodeFields fields,
    List<Source> sources,
    Map<String, String> labels,
    Map<String, List<String>> heard,
    Map<String, String> ids,
    @Nullable String mediaBase,
    @Nullable Charset encoding,
    @Nullable String image) {
  static final Manifest NONE =
      new Manifest(EpisodeFields.NONE, List.of(), Map.of(), Map.of(), Map.of(), null, null, null);

  private static final int MAX_BYTES = 1 << 20;

  /** A listed file, and the format and the encoding it is said to be in. */
  record Source(String file, @Nullable String format, @Nullable Charset encoding) {}

  /** A manifest that cannot be used. The message says what is wrong and what would be right. */
  static final class BadManifestException extends Exception {
    private static final long serialVersionUID = 1L;
    final int line;

    BadManifestException(int line, String message) {
      super(message);
      this.line = line;
    }
  }

  /**
   * Reads a manifest.
   *
   * @param ofShow whether it is a {@code show.yaml}, in which {@code media} may be an address that
   *     names of files are relative to
   */
  static Manifest read(Path file, boolean ofShow) throws IOException, BadManifestException {
    if (Files.size(file) > MAX_BYTES) {
      throw new BadManifestException(0, "is larger than 1 MiB; a manifest holds a few lines");
    }
    Object document;
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file.getFileName().toString()).build();
      document =
          new Load(settings)
              .loadFromString(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(mark -> mark.getLine() + 1).orElse(0);
      throw new BadManifestException(line, "is not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new BadManifestException(0, "is not valid YAML: " + firstLine(e.getMessage()));
    }
    if (document == null) {
      return NONE;
    }
    if (!(document instanceof Map<?, ?> map)) {
      throw new BadManifestException(
          1, "must hold names and values such as \"title: …\", found " + describe(document));
    }
    Object media = map.get("media");
    String base = media instanceof String address && ofShow ? address.strip() : null;
    return new Manifest(
        fields(map, base == null ? media : null),
        sources(map.get("sources")),
        labels(map.get("speakers"), map.get("labels")),
        heard(map.get("heard")),
        ids(map.get("speakers")),
        base,
        encoding(map),
        text(map, "image"));
  }

  private static EpisodeFields fields(Map<?, ?> map, @Nullable Object media)
      throws BadManifestException {
    EpisodeFields.Builder fields =
        EpisodeFields.builder()
            .id(text(map, "id"))
            .title(text(map, "title"))
            .show(text(map, "show"))
            .date(date(map))
            .durationMs(duration(map))
            .language(text(map, "language"))
            .description(text(map, "description"))
            .season(number(map, "season"))
            .number(number(map, "number"))
            .season(number(map, "season"))
            .media(media(media));
    for (Object topic : list(map.get("topics"))) {
      fields.topic(text(topic));
    }
    for (Object speaker : list(map.get("speakers"))) {
      if (speaker instanceof Map<?, ?> person) {
        fields.speaker(text(person, "name"), text(person, "role"));
      } else {
        fields.speaker(text(speaker), null);
      }
    }
    return fields.build();
  }

  /** Who is meant by a label: of {@code speakers} each may have some, {@code labels} is a map. */
  private static Map<String, String> labels(@Nullable Object speakers, @Nullable Object map) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Object speaker : list(speakers)) {
      if (speaker instanceof Map<?, ?> person) {
        String name = text(person, "name");
        for (Object label : list(person.get("labels"))) {
          put(labels, text(label), name);
        }
      }
    }
    if (map instanceof Map<?, ?> entries) {
      entries.forEach((label, name) -> put(labels, text(label), text(name)));
    }
    return labels;
  }

  private static Map<String, List<String>> heard(@Nullable Object value)
      throws BadManifestException {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new BadManifestException(
          0, "heard: must be a map such as {Gullhaven: [Gull Haven]}, found " + describe(value));
    }
    Map<String, List<String>> heard = new LinkedHashMap<>();
    map.forEach((right, wrong) -> {
      String word = text(right);
      List<String> ways =
          list(wrong).stream().map(Manifest::text).filter(Objects::nonNull).toList();
      if (word != null) {
        heard.put(word, ways);
      }
    });
    return heard;
  }

  private static Map<String, String> ids(@Nullable Object speakers) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (Object speaker : list(speakers)) {
      if (speaker instanceof Map<?, ?> person) {
        put(ids, text(person, "name"), text(person, "id"));
      }
    }
    return ids;
  }

  private static void put(
      Map<String, String> labels, @Nullable String label, @Nullable String name) {
    if (label != null && name != null) {
      labels.putIfAbsent(label, name);
    }
  }

  private static @Nullable Charset encoding(Map<?, ?> map) throws BadManifestException {
    String name = text(map, "encoding");
    try {
      return name == null ? null : Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new BadManifestException(
          0,
          "encoding: there is no encoding \""
              + name
              + "\"; windows-1250, KOI8-R and Big5 are examples");
    }
  }

  private static @Nullable Integer number(Map<?, ?> map, String key) throws BadManifestException {
    String text = text(map, key);
    if (text != null && !text.matches("\\d{1,6}")) {
      throw new BadManifestException(0, key + ": \"" + text + "\" is not a number; write 42");
    }
    return text == null ? null : Integer.valueOf(text);
  }

  private static @Nullable LocalDate date(Map<?, ?> map) throws BadManifestException {
    String text = text(map, "date");
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
    } catch (DateTimeParseException e) {
      throw new BadManifestException(0, "date: \"" + text + "\" is not a date; write 2026-02-13");
    }
  }

  private static @Nullable Long duration(Map<?, ?> map) throws BadManifestException {
    String text = text(map, "duration");
    if (text == null) {
      return null;
    }
    Optional<Timestamp> duration = Timestamp.tryParse(text);
    if (duration.isEmpty()) {
      throw new BadManifestException(
          0, "duration: \"" + text + "\" is not a length of time; write 2:22:20 or 8540");
    }
    return duration.get().millis();
  }

  private static Media media(@Nullable Object value) throws BadManifestException {
    if (value == null) {
      return Media.NONE;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new BadManifestException(
          0, "media: must be a map such as {youtube: …, audio: …}, found " + describe(value));
    }
    return new Media(
        text(map, "youtube"), text(map, "audio"), text(map, "video"), text(map, "page"));
  }

  private static List<Source> sources(@Nullable Object value) throws BadManifestException {
    List<Source> sources = new ArrayList<>();
    for (Object entry : list(value)) {
      if (entry instanceof Map<?, ?> map) {
        String file = text(map, "file");
        if (file == null) {
          throw new BadManifestException(0, "sources: an entry has no \"file\"");
        }
        sources.add(new Source(file, text(map, "format"), encoding(map)));
      } else {
        String file = text(entry);
        if (file == null) {
          throw new BadManifestException(
              0, "sources: an entry is not a file name; write - notes.txt");
        }
        sources.add(new Source(file, null, null));
      }
    }
    return sources;
  }

  private static List<?> list(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static @Nullable String text(Map<?, ?> map, String name) {
    return text(map.get(name));
  }

  /**
   * A single value as text; null if it is none. Lists may hold themselves and are never written.
   */
  private static @Nullable String text(@Nullable Object value) {
    if (value == null || value instanceof Map || value instanceof Collection) {
      return null;
    }
    String text = String.valueOf(value).strip();
    return text.isEmpty() ? null : text;
  }

  private static String describe(Object value) {
    if (value instanceof Collection || value instanceof Map) {
      return "a list";
    }
    return "\"" + firstLine(String.valueOf(value)) + "\"";
  }

  private static String firstLine(@Nullable String text) {
    String line = text == null ? "" : text.lines().findFirst().orElse("");
    return line.length() <= 80 ? line : line.substring(0, 77) + "…";
  }
}
