package dev.earmark.corpus;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An episode that was found, its sources not yet read.
 *
 * @param id names it in the index
 * @param origin the folder or first file it was found at, or its feed and its own id there; tells
 *     two episodes of one name apart
 * @param group the folder or show it is one of; empty if it has none
 * @param manifest the {@code episode.yaml} or {@code stem.yaml}; null if there is none
 * @param fields what the manifest or the feed says of it
 * @param sources what there is to read, in order
 * @param beside what the folder says beside its sources
 */
public record EpisodeInput(
    String id,
    String origin,
    String group,
    @Nullable Path manifest,
    EpisodeFields fields,
    List<SourceInput> sources,
    Beside beside) {
  public EpisodeInput {
    sources = List.copyOf(sources);
  }

  /**
   * What lies beside the sources, or stands in their path.
   *
   * @param inherited what {@code show.yaml} of the folders above says
   * @param guessed what the names of files and folders say
   * @param recordings the audio and video files of the same name
   * @param labels who is meant by what the sources call a speaker
   * @param heard what words are, and how they were heard
   * @param ids of people whom manifests say to be the same everywhere
   * @param pictures where there may be a picture of it
   */
  public record Beside(
      EpisodeFields inherited,
      EpisodeFields guessed,
      List<Path> recordings,
      Map<String, String> labels,
      Map<String, List<String>> heard,
      Map<String, String> ids,
      Pictures pictures) {
    public static final Beside NOTHING =
        new Beside(
            EpisodeFields.NONE,
            EpisodeFields.NONE,
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Pictures.NONE);

    /** Nothing but pictures. */
    static Beside of(Pictures pictures) {
      return new Beside(
          NOTHING.inherited,
          NOTHING.guessed,
          NOTHING.recordings,
          NOTHING.labels,
          NOTHING.heard,
          NOTHING.ids,
          pictures);
    }

    public Beside {
      recordings = List.copyOf(recordings);
      labels = Map.copyOf(labels);
      heard = Map.copyOf(heard);
      ids = Map.copyOf(ids);
    }
  }

  /**
   * Places where there may be a picture, the best first.
   *
   * @param own of the episode itself
   * @param ofShow of its show
   */
  public record Pictures(List<SourceRef> own, List<SourceRef> ofShow) {
    static final Pictures NONE = new Pictures(List.of(), List.of());

    public Pictures {
      own = List.copyOf(own);
      ofShow = List.copyOf(ofShow);
    }

    private Pictures with(Pictures other) {
      return new Pictures(both(own, other.own), both(ofShow, other.ofShow));
    }

    private static List<SourceRef> both(List<SourceRef> first, List<SourceRef> second) {
      return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }
  }

  /** The files it is made of: its manifest and its sources, as far as they lie on this machine. */
  List<String> files() {
    List<String> files = new ArrayList<>();
    if (manifest != null) {
      files.add(manifest.toString());
    }
    for (SourceInput source : sources) {
      for (SourceRef place : source.places()) {
        if (place instanceof SourceRef.LocalFile local) {
          files.add(local.path().toString());
        }
      }
    }
    return files;
  }

  /** An episode of which nothing is known but its sources and what was said of them. */
  public EpisodeInput(
      String id,
      String origin,
      String group,
      @Nullable Path manifest,
      EpisodeFields fields,
      List<SourceInput> sources) {
    this(id, origin, group, manifest, fields, sources, Beside.NOTHING);
  }

  /** A problem of which only the name of the source is known, with the place it was read from. */
  public Problem located(Problem problem) {
    for (SourceInput source : sources) {
      for (SourceRef place : source.places()) {
        if (place.name().equals(problem.source())) {
          return new Problem(
              problem.severity(),
              problem.code(),
              place.location(),
              problem.line(),
              problem.message(),
              problem.remedy());
        }
      }
    }
    return problem;
  }

  /** The episode with more sources behind its own. */
  EpisodeInput with(List<SourceInput> more) {
    List<SourceInput> all = new ArrayList<>(sources);
    all.addAll(more);
    return new EpisodeInput(id, origin, group, manifest, fields, all, beside);
  }

  /** The episode with other sources in place of its own. */
  EpisodeInput withSources(List<SourceInput> others) {
    return new EpisodeInput(id, origin, group, manifest, fields, others, beside);
  }

  /** The episode with all that belongs to another, which is of the same recording. */
  EpisodeInput with(EpisodeInput other) {
    List<SourceInput> all = new ArrayList<>(sources);
    all.addAll(other.sources);
    List<Path> heard = new ArrayList<>(beside.recordings);
    heard.addAll(other.beside.recordings);
    Map<String, String> allLabels = new HashMap<>(other.beside.labels);
    allLabels.putAll(beside.labels);
    Map<String, List<String>> allHeard = new HashMap<>(other.beside.heard);
    allHeard.putAll(beside.heard);
    Map<String, String> allIds = new HashMap<>(other.beside.ids);
    allIds.putAll(beside.ids);
    return new EpisodeInput(
        id,
        origin,
        group,
        manifest == null ? other.manifest : manifest,
        fields.orElse(other.fields),
        all,
        new Beside(
            beside.inherited.orElse(other.beside.inherited),
            beside.guessed.orElse(other.beside.guessed),
            heard,
            allLabels,
            allHeard,
            allIds,
            beside.pictures.with(other.beside.pictures)));
  }

  EpisodeInput withId(String newId) {
    return new EpisodeInput(newId, origin, group, manifest, fields, sources, beside);
  }
}
