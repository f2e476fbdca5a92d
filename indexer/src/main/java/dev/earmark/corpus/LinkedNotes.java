package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Problem;
import dev.earmark.source.Formats;
import dev.earmark.source.RawSource;
import dev.earmark.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Joins notes to the recording they link to, wherever in the corpus either lies.
 *
 * <p>A note is a document in Markdown, HTML or plain text that stands alone and is no transcript.
 * It links by {@code video_id} in its front matter, by an address at YouTube, by a link to a file,
 * or by a {@code [[wiki link]]} to the name, the title or the notes of a recording, and by the
 * aliases that those have. One that links to several recordings is parted, and so is the daily note
 * of a vault: each recording gets the headings, paragraphs and list items that link to it, with
 * what stands under them ({@link NoteParts}); what is left stays by itself.
 *
 * <p>In a vault, a folder with {@code .obsidian} or {@code logseq} in it, notes that have nothing
 * to do with a recording, and templates, are left out and counted. Reads the first {@value #HEAD}
 * bytes of each note for its links. Not thread-safe.
 */
final class LinkedNotes {
  private static final int HEAD = 64 << 10;

  /** A longer note is no daily note, and is not parted. */
  private static final int LONGEST = 1 << 20;

  private static final Set<String> NOTES =
      Set.of(
          "markdown",
          "text",
          "stamped-notes",
          "reading-notes",
          "annotated-note",
          "article",
          "html");

  private static final Pattern YOUTUBE =
      Pattern.compile(
          "(?:youtu\\.be/|youtube(?:-nocookie)?\\.com/(?:watch\\?(?:[^\\s)\"]*&)?v=|embed/|live/|shorts/))([\\w-]{11})|(?m)^["
              + " \\t]*+(?:video[_-]?id|youtube(?:[_-]?id)?)::?\\s*[\"']?([\\w-]{11})[\"']?\\s*$");
  private static final Pattern WIKI =
      Pattern.compile("\\[\\[([^\\[\\]|#^\\n]{1,200})[^\\[\\]\\n]{0,300}]]");
  private static final Pattern FILE =
      Pattern.compile("\\]\\(<?([^()<>\\s][^()<>\\n]{0,300}?)>?(?:\\s+\"[^\"\\n]*\")?\\)");
  private static final Pattern HREF =
      Pattern.compile("(?i)\\b(?:href|src)\\s?=\\s?[\"']([^\"'<>\\n]{1,300})[\"']");
  private static final Pattern ALIASES =
      Pattern.compile("(?m)^alias(?:es)?::?[ \\t]*\\[?([^\\]\\n]*)]?((?:\\n\\s*-\\s+[^\\n]+)*)");
  private static final Pattern DAY = Pattern.compile("\\d{4}([-_. ]?)\\d\\d\\1\\d\\d");
  private static final Pattern VIDEO_ID = Pattern.compile("\"id\"\\s*:\\s*\"([\\w-]{11})\"");

  private final Map<String, Set<String>> byName = new HashMap<>();
  private final Map<String, Set<String>> byVideo = new HashMap<>();

  /** The documents that stand alone, transcripts or notes, by the origins of their episodes. */
  private final Map<String, Note> alone = new LinkedHashMap<>();

  /** The origins of notes that are sources of a recording by now. */
  private final Set<String> gone = new HashSet<>();

  private final Map<Path, Boolean> looked = new HashMap<>();
  private final Map<Path, Boolean> vaults = new HashMap<>();

  /** A document that stands alone, the videos and names it links to, and its own other names. */
  private record Note(
      EpisodeInput episode,
      Path file,
      Set<String> videos,
      Set<String> names,
      List<String> aliases) {
    boolean links() {
      return !videos.isEmpty() || !names.isEmpty();
    }
  }

  private LinkedNotes() {}

  /**
   * The episodes with notes among their sources that were episodes of their own.
   *
   * @param problems is told how many notes of vaults were left out
   */
  static List<EpisodeInput> join(List<EpisodeInput> episodes, List<Problem> problems) {
    return new LinkedNotes().joined(episodes, problems);
  }

  private List<EpisodeInput> joined(List<EpisodeInput> episodes, List<Problem> problems) {
    Map<String, EpisodeInput> kept = new LinkedHashMap<>();
    for (EpisodeInput episode : episodes) {
      if (kept.putIfAbsent(episode.origin(), episode) == null) {
        name(episode);
        Path file = loneDocument(episode);
        String text = file == null ? null : head(file);
        if (file != null && text != null) {
          alone.put(episode.origin(), note(episode, file, text));
        }
      }
    }
    List<Note> open =
        alone.values().stream().filter(note -> note.links() && !isTemplate(note.file())).toList();
    boolean found = true;
    boolean waiting = true;
    while ((found || waiting) && !open.isEmpty()) {
      waiting = found;
      found = false;
      List<Note> left = new ArrayList<>();
      for (Note note : open) {
        Set<String> targets = targets(note);
        EpisodeInput target = targets.size() == 1 ? kept.get(targets.iterator().next()) : null;
        // One that links to notes of which it is not known yet where they belong may wait.
        boolean early = waiting && linksToOneOf(open, note);
        if (target == null || early || !isNote(note.file())) {
          left.add(note);
          continue;
        }
        if (isDaily(note.file())) {
          part(note, kept);
        } else {
          kept.put(target.origin(), target.with(note.episode().sources()));
        }
        kept.remove(note.episode().origin());
        alone.remove(note.episode().origin());
        gone.add(note.episode().origin());
        add(byName, CorpusScanner.stem(note.file()), target.origin());
        note.aliases().forEach(alias -> add(byName, alias, target.origin()));
        found = true;
      }
      open = left;
    }
    open.stream().filter(note -> targets(note).size() > 1).forEach(note -> part(note, kept));
    Map<Path, Integer> leftOut = new LinkedHashMap<>();
    for (Note note : alone.values()) {
      Path vault = vault(note.file());
      boolean useless = vault != null && (isTemplate(note.file()) || targets(note).isEmpty());
      if (vault != null && useless && isNote(note.file())) {
        kept.remove(note.episode().origin());
        leftOut.merge(vault, 1, Integer::sum);
      }
    }
    leftOut.forEach((vault, count) ->
        problems.add(
            new Problem(
                Problem.Severity.NOTICE,
                "notes-without-recording",
                vault.toString(),
                0,
                count + (count == 1 ? " note links" : " notes link") + " to no recording",
                "left out; link a recording, its video or its transcript to have one searched")));
    return List.copyOf(kept.values());
  }

  /** Whether a note links to another one of some. */
  private boolean linksToOneOf(List<Note> open, Note note) {
    Set<String> linked = new HashSet<>();
    note.names().forEach(name -> linked.addAll(byName.getOrDefault(name, Set.of())));
    return open.stream()
        .map(other -> other.episode().origin())
        .anyMatch(origin -> !origin.equals(note.episode().origin()) && linked.contains(origin));
  }

  /** Gives the recordings that a note links to what it says of each. */
  private void part(Note note, Map<String, EpisodeInput> kept) {
    SourceInput source = note.episode().sources().getFirst();
    byte[] bytes;
    try {
      bytes = Files.size(note.file()) > LONGEST ? new byte[0] : Files.readAllBytes(note.file());
    } catch (IOException e) {
      return;
    }
    NoteParts parts =
        NoteParts.of(
            new String(bytes, StandardCharsets.UTF_8),
            text -> targets(note(note.episode(), note.file(), text)));
    if (parts.byTarget().isEmpty() || !isNote(note.file()) || isPage(note.file())) {
      return;
    }
    parts
        .byTarget()
        .forEach((origin, text) ->
            kept.computeIfPresent(
                origin, (key, target) -> target.with(List.of(part(source, note.file(), text)))));
    EpisodeInput rest = note.episode();
    alone.remove(rest.origin());
    if (parts.rest().isEmpty() || vault(note.file()) != null) {
      kept.remove(rest.origin());
      gone.add(rest.origin());
    } else {
      kept.put(rest.origin(), rest.withSources(List.of(part(source, note.file(), parts.rest()))));
    }
  }

  /** Whether a file is of the day, in a vault. */
  private boolean isDaily(Path file) {
    return DAY.matcher(CorpusScanner.stem(file)).matches() && vault(file) != null;
  }

  private static boolean isPage(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.html?");
  }

  private static SourceInput part(SourceInput source, Path file, String text) {
    SourceRef place =
        new SourceRef.Given(
            source.places().getFirst().name(),
            file.toString(),
            text.getBytes(StandardCharsets.UTF_8));
    return new SourceInput(List.of(place), source.format(), source.language());
  }

  /** The one document of an episode that has nothing else; null if it has more, or a recording. */
  private static @Nullable Path loneDocument(EpisodeInput episode) {
    if (episode.manifest() != null
        || episode.sources().size() != 1
        || !episode.beside().recordings().isEmpty()
        || !(episode.sources().getFirst().places().getFirst()
            instanceof SourceRef.LocalFile local)) {
      return null;
    }
    String name = String.valueOf(local.path().getFileName()).toLowerCase(Locale.ROOT);
    return List.of(".md", ".markdown", ".txt", ".html", ".htm").stream().anyMatch(name::endsWith)
        ? local.path()
        : null;
  }

  private static @Nullable String head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // Whoever reads the episode says so.
      return null;
    }
  }

  /** Whether a document is one that people write about a recording, rather than its transcript. */
  private boolean isNote(Path file) {
    return looked.computeIfAbsent(file, LinkedNotes::looksLikeNote);
  }

  private static boolean looksLikeNote(Path file) {
    try {
      RawSource raw = new RawSource(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      return Formats.recognise(raw)
          .filter(format -> NOTES.contains(format.descriptor().id()))
          .isPresent();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Puts down by which names a recording may be linked to. */
  private void name(EpisodeInput episode) {
    String origin = episode.origin();
    add(byName, episode.id(), origin);
    for (EpisodeFields fields : List.of(episode.fields(), episode.beside().guessed())) {
      add(byName, fields.title(), origin);
      String video = fields.media().youtube();
      if (video != null) {
        byVideo.computeIfAbsent(video, key -> new HashSet<>()).add(origin);
      }
    }
    for (SourceInput source : episode.sources()) {
      if (source.places().getFirst() instanceof SourceRef.LocalFile local) {
        addFile(local.path(), origin);
        String text = local.path().toString().endsWith(".info.json") ? head(local.path()) : null;
        Matcher id = VIDEO_ID.matcher(text == null ? "" : text);
        if (id.find()) {
          byVideo.computeIfAbsent(id.group(1), key -> new HashSet<>()).add(origin);
        }
      }
    }
    episode.beside().recordings().forEach(file -> addFile(file, origin));
  }

  private void addFile(Path file, String origin) {
    add(byName, String.valueOf(file.getFileName()), origin);
    add(byName, CorpusScanner.stem(file), origin);
  }

  private static void add(Map<String, Set<String>> names, @Nullable String name, String origin) {
    String key = name == null ? "" : key(name);
    if (!key.isEmpty()) {
      names.computeIfAbsent(key, k -> new HashSet<>()).add(origin);
    }
  }

  private static String key(String name) {
    return Words.fold(name.strip());
  }

  private static Note note(EpisodeInput episode, Path file, String text) {
    Set<String> videos = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    if (text.contains("youtu") || text.contains("video")) {
      Matcher video = YOUTUBE.matcher(text);
      while (video.find()) {
        videos.add(video.group(1) == null ? video.group(2) : video.group(1));
      }
    }
    if (text.contains("[[")) {
      Matcher wiki = WIKI.matcher(text);
      while (wiki.find()) {
        names.add(name(wiki.group(1)));
      }
    }
    if (text.contains("](")) {
      Matcher link = FILE.matcher(text);
      while (link.find()) {
        addFile(link.group(1), names);
      }
    }
    if (text.contains("=\"") || text.contains("='")) {
      Matcher link = HREF.matcher(text);
      while (link.find()) {
        addFile(link.group(1).replace("&amp;", "&"), names);
      }
    }
    return new Note(
        episode, file, videos, names, text.contains("alias") ? aliases(text) : List.of());
  }

  /** Adds the file that a link leads to; an address on the web names none. */
  private static void addFile(String address, Set<String> names) {
    int end = address.indexOf('#');
    String path = end > 0 ? address.substring(0, end) : address;
    int query = path.indexOf('?');
    path = query > 0 ? path.substring(0, query) : path;
    if (!path.contains("://") && !path.startsWith("#") && !path.startsWith("mailto:")) {
      try {
        names.add(name(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)));
      } catch (IllegalArgumentException notEncoded) {
        names.add(name(path));
      }
    }
  }

  /** What a link names: the last part of its path, without the ending that links leave out. */
  private static String name(String link) {
    String name = link.substring(link.lastIndexOf('/') + 1);
    return key(name.endsWith(".md") ? name.substring(0, name.length() - 3) : name);
  }

  /** The recordings that a note links to: neither itself nor other notes that stand alone. */
  private Set<String> targets(Note note) {
    Set<String> targets = new LinkedHashSet<>();
    note.videos().forEach(id -> targets.addAll(byVideo.getOrDefault(id, Set.of())));
    note.names().forEach(name -> targets.addAll(byName.getOrDefault(name, Set.of())));
    targets.remove(note.episode().origin());
    targets.removeAll(gone);
    targets.removeIf(origin -> {
      Note other = alone.get(origin);
      return other != null && isNote(other.file());
    });
    return targets;
  }

  private static List<String> aliases(String text) {
    List<String> aliases = new ArrayList<>();
    Matcher matcher = ALIASES.matcher(text);
    while (matcher.find()) {
      for (String alias : (matcher.group(1) + "," + matcher.group(2)).split("[,\\n]")) {
        String clean = alias.strip().replaceAll("^-\\s+|^[\"']|[\"']$", "");
        if (!clean.isBlank()) {
          aliases.add(clean);
        }
      }
    }
    return aliases;
  }

  private boolean isTemplate(Path file) {
    Path vault = vault(file);
    for (Path part : vault == null ? List.<Path>of() : vault.relativize(file)) {
      String name = part.toString().toLowerCase(Locale.ROOT);
      if (name.equals("templates") || name.equals("template") || name.equals("_templates")) {
        return true;
      }
    }
    return false;
  }

  /** The vault a file lies in; null if it lies in none. */
  private @Nullable Path vault(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (vaults.computeIfAbsent(folder, LinkedNotes::isVault)) {
        return folder;
      }
    }
    return null;
  }

  private static boolean isVault(Path folder) {
    return Files.isDirectory(folder.resolve(".obsidian"))
        || Files.isRegularFile(folder.resolve("logseq/config.edn"));
  }
}
