package dev.earmark.corpus;

import dev.earmark.model.Cue;
import dev.earmark.model.Episode;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.Speaker;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.Unread;
import dev.earmark.source.document.FeedItemFormat;
import dev.earmark.text.LanguageGuess;
import dev.earmark.text.Words;
import dev.earmark.transcript.CueCleaner;
import dev.earmark.transcript.Segmenter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an episode: every source in its format, cleaned, segmented, and joined.
 *
 * <p>What the manifest says counts most, then the sources in their order. Bounded by the largest
 * source ({@link RawSource#MAX_BYTES}). Stateless and thread-safe.
 */
public final class EpisodeReader {
  /** What the chapters of a recording are read as; no format, for recordings are not sources. */
  private static final String RECORDING = "recording";

  /** Where facts are from that names say. */
  private static final String NAMES = "the names of file and folders";

  private EpisodeReader() {}

  /** Reads an episode on disk; what cannot be read is among the problems of the result. */
  public static EpisodeDocument read(EpisodeInput input) {
    return read(input, Fetcher.none());
  }

  /** Reads an episode; what cannot be read is among the problems of the result. */
  public static EpisodeDocument read(EpisodeInput input, Fetcher fetcher) {
    List<Problem> problems = new ArrayList<>();
    List<Parsed> parsed = new ArrayList<>();
    for (SourceInput source : input.sources()) {
      readFirst(source, fetcher, problems).ifPresent(parsed::add);
    }
    return join(input, parsed, problems);
  }

  private record Parsed(
      String name, String format, @Nullable String language, ParsedSource source, ProblemLog log) {}

  /** Reads the first place of a source that can be read. */
  private static Optional<Parsed> readFirst(
      SourceInput source, Fetcher fetcher, List<Problem> problems) {
    List<Problem> failures = new ArrayList<>();
    for (SourceRef place : source.places()) {
      ProblemLog log = new ProblemLog(place.location());
      Optional<Parsed> parsed = Optional.empty();
      try {
        RawSource raw = new RawSource(place.name(), readBounded(place, fetcher), source.encoding());
        Problem outdated = outdated(place, fetcher);
        if (outdated != null) {
          failures.add(outdated);
        }
        parsed = parse(raw, source, log);
      } catch (IOException e) {
        failures.add(cannotRead(place, e));
      }
      failures.addAll(all(log));
      if (parsed.isPresent()) {
        failures.forEach(problem -> problems.add(insteadOf(problem)));
        return parsed;
      }
    }
    problems.addAll(failures);
    return Optional.empty();
  }

  /** The problems of a log, and for each kind of which it kept only some, how many more. */
  private static List<Problem> all(ProblemLog log) {
    List<Problem> all = new ArrayList<>(log.problems());
    Map<String, Problem> last = new LinkedHashMap<>();
    Map<String, Integer> kept = new HashMap<>();
    for (Problem problem : log.problems()) {
      last.put(problem.code(), problem);
      kept.merge(problem.code(), 1, Integer::sum);
    }
    last.forEach((code, problem) -> {
      int more = log.counts().getOrDefault(code, 0) - kept.getOrDefault(code, 0);
      if (more > 0) {
        all.add(
            new Problem(
                problem.severity(),
                code,
                problem.source(),
                0,
                more + " more like the one on line " + problem.line(),
                problem.remedy()));
      }
    });
    return all;
  }

  /** What kept one place from being read costs less if another was read in its stead. */
  private static Problem insteadOf(Problem problem) {
    return problem.severity() == Problem.Severity.ERROR
        ? new Problem(
            Problem.Severity.WARNING,
            problem.code(),
            problem.source(),
            problem.line(),
            problem.message(),
            "another of the same was read instead")
        : problem;
  }

  static Problem cannotRead(SourceRef place, IOException e) {
    return new Problem(
        Problem.Severity.ERROR,
        place.isLocal() ? "cannot-read" : "cannot-fetch",
        place.location(),
        0,
        (place.isLocal() ? "cannot be read: " : "cannot be fetched: ") + reason(e),
        "left out");
  }

  /** What there is to say of a document of which an older version was read; null if nothing. */
  static @Nullable Problem outdated(SourceRef place, Fetcher fetcher) throws IOException {
    String stale =
        place instanceof SourceRef.Remote remote ? fetcher.fetch(remote.address()).stale() : null;
    return stale == null
        ? null
        : new Problem(
            Problem.Severity.WARNING,
            "cannot-fetch",
            place.location(),
            0,
            "cannot be fetched: " + stale,
            null);
  }

  private static byte[] readBounded(SourceRef place, Fetcher fetcher) throws IOException {
    try (InputStream in = place.open(fetcher)) {
      byte[] bytes = in.readNBytes(RawSource.MAX_BYTES + 1);
      if (bytes.length > RawSource.MAX_BYTES) {
        throw new IOException(
            "it is larger than " + (RawSource.MAX_BYTES >> 20) + " MiB; split it");
      }
      return bytes;
    }
  }

  private static Optional<Parsed> parse(RawSource raw, SourceInput input, ProblemLog log) {
    String formatId = input.format();
    Optional<SourceFormat> format;
    try {
      format = formatId == null ? Formats.recognise(raw) : Formats.byId(formatId);
    } catch (RuntimeException | StackOverflowError e) {
      log.error("format-failed", 0, "finding its format failed: " + e, "left out");
      return Optional.empty();
    }
    if (format.isEmpty()) {
      log.error(
          "unknown-format",
          0,
          formatId == null
              ? "is in no known format"
              : "is said to be in format \"" + formatId + "\", but there is no such format",
          "left out; ./earmark formats lists what can be read");
      return Optional.empty();
    }
    try {
      ParsedSource source = format.get().read(raw, log);
      raw.reportEncoding(log);
      Unread.report(raw, source, log);
      return Optional.of(new Parsed(raw.name(), format.get().id(), input.language(), source, log));
    } catch (SourceException e) {
      raw.reportEncoding(log);
      log.error("cannot-parse", e.line(), String.valueOf(e.getMessage()), "left out");
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError e) {
      // A defect of the format must not take the sources beside it along.
      log.error(
          "format-failed", 0, "the format " + format.get().id() + " failed: " + e, "left out");
      return Optional.empty();
    }
  }

  private static EpisodeDocument join(
      EpisodeInput input, List<Parsed> parsed, List<Problem> problems) {
    EpisodeInput.Beside beside = input.beside();
    List<Fact.Said> said = new ArrayList<>();
    Path manifest = input.manifest();
    String first = manifest == null ? "the feed" : manifest.getFileName().toString();
    said.add(new Fact.Said(first, input.fields()));
    said.add(new Fact.Said("show.yaml", beside.inherited()));
    for (Parsed one : parsed) {
      said.add(new Fact.Said(one.name(), one.source().episode()));
    }
    if (parsed.size() == 1) {
      Parsed one = parsed.getFirst();
      EpisodeFields heading = EpisodeFields.builder().title(heading(one.source())).build();
      said.add(new Fact.Said("the heading of " + one.name(), heading));
    }
    EpisodeFields fields = all(said);
    SpeakerNames names = speakers(input, fields, parsed, problems);
    fields = names.in(fields);
    List<SourceDocument> sources = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Parsed one : parsed) {
      ProblemLog log = new ProblemLog(one.log().source());
      List<Cue> cues = names.in(one.source().cues());
      List<Cue> clean = CueCleaner.clean(cues, fields.durationMs(), log);
      List<Moment> moments =
          new ArrayList<>(Segmenter.segment(clean, CueCleaner.withoutWords(cues, clean)));
      withoutGivenChapters(one, parsed).stream().map(names::in).forEach(moments::add);
      problems.addAll(all(log));
      String language = language(one, fields.language(), moments);
      sources.add(new SourceDocument(name(one.name(), taken), one.format(), language, moments));
    }
    sources = new ArrayList<>(heard(sources, input, problems));
    List<Moment> chapters = List.of();
    for (Path path : beside.recordings()) {
      Optional<RecordingFile> file = recording(path, problems);
      said.add(playable(path, input, file));
      if (chapters.isEmpty()
          && file.isPresent()
          && parsed.stream().noneMatch(one -> chapters(one) >= 2)) {
        chapters = file.get().chapters();
        if (!chapters.isEmpty()) {
          String language = language(fields.language(), chapters);
          sources.add(
              new SourceDocument(
                  name(path.getFileName().toString(), taken), RECORDING, language, chapters));
        }
      }
    }
    said.add(new Fact.Said(NAMES, beside.guessed()));
    fields = names.in(all(said));
    Episode episode = fields.toEpisode(input.id());
    if (episode.language() == null && !sources.isEmpty()) {
      String language = mostUsed(sources);
      EpisodeFields told = EpisodeFields.builder().language(language).build();
      boolean named = parsed.stream().anyMatch(one -> language.equalsIgnoreCase(one.language()));
      if (!language.equals("und")) {
        said.add(new Fact.Said(named ? NAMES : "the words of its sources", told));
      }
      episode = fields.orElse(told).toEpisode(input.id());
    }
    EpisodeDocument all =
        new EpisodeDocument(episode, sources, List.of(), problems, Fact.of(said), Cast.NOBODY);
    EpisodeDocument once = SameWords.once(all);
    return once.withCast(cast(episode, once.sources(), names, input.beside().ids()));
  }

  /** The language that most of the documents are in; of equals the first. */
  private static String mostUsed(List<SourceDocument> sources) {
    Map<String, Integer> uses = new LinkedHashMap<>();
    sources.forEach(source -> uses.merge(source.language(), 1, Integer::sum));
    int most = uses.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return uses.keySet().stream()
        .filter(language -> uses.getOrDefault(language, 0) == most)
        .findFirst()
        .orElseThrow();
  }

  /** Who is named: first those whom manifests and sources introduce, then whoever speaks. */
  private static Cast cast(
      Episode episode, List<SourceDocument> sources, SpeakerNames names, Map<String, String> ids) {
    Map<String, Integer> uses = new LinkedHashMap<>();
    Set<String> given = new HashSet<>();
    for (Speaker speaker : episode.speakers()) {
      given.add(speaker.name());
      uses.put(speaker.name(), 0);
    }
    for (SourceDocument source : sources) {
      for (Moment moment : source.moments()) {
        if (moment.speaker() != null) {
          uses.merge(moment.speaker(), 1, Integer::sum);
        }
      }
    }
    Map<String, String> idOf = new HashMap<>();
    ids.forEach((name, id) -> idOf.put(SpeakerNames.key(name), id));
    List<Cast.Member> members = new ArrayList<>();
    uses.forEach((name, count) ->
        members.add(
            new Cast.Member(
                name,
                names.spellings(name),
                count,
                given.contains(name),
                idOf.get(SpeakerNames.key(name)))));
    return new Cast(episode.show(), members);
  }

  /** The one heading that all of a note stands under; null if there is none. */
  private static @Nullable String heading(ParsedSource note) {
    String heading = null;
    for (Moment moment : note.moments()) {
      String top = moment.section().isEmpty() ? moment.title() : moment.section().getFirst();
      if (top == null || (heading != null && !heading.equals(top))) {
        return null;
      }
      heading = top;
    }
    return note.cues().isEmpty() ? heading : null;
  }

  /** The sources with the words that a manifest sets right. */
  private static List<SourceDocument> heard(
      List<SourceDocument> sources, EpisodeInput input, List<Problem> problems) {
    Map<String, List<String>> glossary = new LinkedHashMap<>(input.beside().heard());
    List<String> common = HeardWords.common(glossary, sources);
    Path manifest = input.manifest();
    for (String word : common) {
      glossary.replaceAll(
          (right, ways) -> ways.stream().filter(way -> !Words.fold(way).equals(word)).toList());
      problems.add(
          new Problem(
              Problem.Severity.WARNING,
              "heard-too-common",
              manifest == null ? input.origin() : manifest.toString(),
              0,
              "heard: \"" + word + "\" is said so often that it must be a word of its own",
              "left out; write more of what was heard, such as the words beside it"));
    }
    HeardWords words = new HeardWords(glossary);
    return words.isEmpty()
        ? sources
        : sources.stream()
            .map(source -> source.withMoments(source.moments().stream().map(words::in).toList()))
            .toList();
  }

  private static EpisodeFields all(List<Fact.Said> said) {
    return said.stream().map(Fact.Said::fields).reduce(EpisodeFields.NONE, EpisodeFields::orElse);
  }

  /** Who speaks, under one name each; a label that no source has is reported. */
  private static SpeakerNames speakers(
      EpisodeInput input, EpisodeFields fields, List<Parsed> parsed, List<Problem> problems) {
    List<String> heard = new ArrayList<>();
    for (Parsed one : parsed) {
      one.source().cues().forEach(cue -> heard.add(cue.speaker()));
      one.source().moments().forEach(moment -> heard.add(moment.speaker()));
    }
    heard.removeIf(Objects::isNull);
    SpeakerNames names = SpeakerNames.of(input.beside().labels(), fields.speakers(), heard);
    Path manifest = input.manifest();
    if (manifest != null && !parsed.isEmpty()) {
      for (String label : names.unused()) {
        problems.add(
            new Problem(
                Problem.Severity.WARNING,
                "label-names-nobody",
                manifest.toString(),
                0,
                "labels: no source has a speaker \"" + label + "\"",
                "write the name as the source has it; ./earmark parse FILE shows it"));
      }
    }
    return names;
  }

  /** That a recording beside the sources can be played, and what it says of itself. */
  private static Fact.Said playable(
      Path path, EpisodeInput input, Optional<RecordingFile> recording) {
    Path origin = Path.of(input.origin());
    Path folder = Files.isDirectory(origin) ? origin : origin.resolveSibling("");
    String name = folder.relativize(path).toString().replace('\\', '/');
    Media media =
        RecordingFile.isVideo(path)
            ? new Media(null, null, name, null)
            : new Media(null, name, null, null);
    EpisodeFields fields = EpisodeFields.builder().media(media).build();
    return new Fact.Said(
        name, recording.map(RecordingFile::fields).map(fields::orElse).orElse(fields));
  }

  /** The headers of a recording; that they cannot be read is reported. */
  private static Optional<RecordingFile> recording(Path path, List<Problem> problems) {
    try {
      return Optional.of(RecordingFile.read(path));
    } catch (IOException e) {
      problems.add(
          new Problem(
              Problem.Severity.WARNING,
              "recording-unreadable",
              path.toString(),
              0,
              "its length and tags cannot be read: " + e.getMessage(),
              "its length is taken from elsewhere; put a whole recording there"));
      return Optional.empty();
    }
  }

  /**
   * The moments of a source. Of a feed's item the chapters are left out if a document of its own
   * has them, which says more of them.
   */
  private static List<Moment> withoutGivenChapters(Parsed one, List<Parsed> all) {
    boolean given =
        one.format().equals(FeedItemFormat.ID)
            && all.stream()
                .anyMatch(
                    other -> !other.format().equals(FeedItemFormat.ID) && chapters(other) > 0);
    return given
        ? one.source().moments().stream().filter(moment -> moment.kind() != Kind.CHAPTER).toList()
        : one.source().moments();
  }

  private static long chapters(Parsed parsed) {
    return parsed.source().moments().stream()
        .filter(moment -> moment.kind() == Kind.CHAPTER)
        .count();
  }

  /** The name of a source, with a number behind it if another source has that name. */
  private static String name(String name, Set<String> taken) {
    String unique = name;
    for (int number = 2; !taken.add(unique); number++) {
      unique = name + "-" + number;
    }
    return unique;
  }

  private static String language(Parsed source, @Nullable String ofEpisode, List<Moment> moments) {
    String ofSource = source.source().episode().language();
    String said = ofSource != null ? ofSource : source.language();
    return language(said != null ? said : ofEpisode, moments);
  }

  private static String language(@Nullable String said, List<Moment> moments) {
    if (said != null) {
      return said.toLowerCase(Locale.ROOT);
    }
    StringBuilder sample = new StringBuilder();
    for (int i = 0; i < moments.size() && sample.length() < 4_000; i++) {
      sample.append(moments.get(i).text()).append(' ');
    }
    return LanguageGuess.of(sample);
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "it is no longer there"
        : String.valueOf(e.getMessage());
  }
}
