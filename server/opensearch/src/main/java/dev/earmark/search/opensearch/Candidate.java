package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.schema.Schema;
import dev.earmark.search.rank.Lengths;
import dev.earmark.search.spoken.QueryScorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A moment during ranking: its columns, and its frequency of each leaf of the query. Not
 * thread-safe.
 */
final class Candidate implements QueryScorer.Moment {
  /** The columns that are read, as doc values; its place is what it is sorted by. */
  static final List<String> COLUMNS =
      List.of(Schema.POSITION, Schema.START, Schema.EVIDENCE, Schema.DATE, Mapping.WORDS);

  private final String episode;
  private final int ordinal;
  private final @Nullable Long startMs;
  private final @Nullable Long date;
  private final long position;
  private final int length;
  private final int evidence;
  private final float[] frequencies;

  /** Whether it is a hit, rather than only near one. */
  private boolean hit;

  /**
   * @param hit with the {@link #COLUMNS}, sorted by {@link Session#byPlace}
   */
  Candidate(JsonNode hit, int leaves) {
    JsonNode place = hit.path("sort");
    JsonNode fields = hit.path("fields");
    episode = place.path(0).asText();
    ordinal = place.path(1).asInt();
    startMs = number(fields, Schema.START);
    date = number(fields, Schema.DATE);
    position = fields.path(Schema.POSITION).path(0).asLong();
    length = Lengths.kept(fields.path(Mapping.WORDS).path(0).asInt());
    evidence = fields.path(Schema.EVIDENCE).path(0).asInt();
    frequencies = new float[leaves];
  }

  private static @Nullable Long number(JsonNode fields, String name) {
    JsonNode value = fields.path(name).path(0);
    return value.isNumber() ? value.asLong() : null;
  }

  String episode() {
    return episode;
  }

  int ordinal() {
    return ordinal;
  }

  String id() {
    return Session.id(episode, ordinal);
  }

  @Override
  public boolean isPlaced() {
    return startMs != null;
  }

  /** When it starts, in the precision of ranking; comparable among placed ones, or others. */
  @Override
  public long rankedStartMs() {
    return startMs == null ? Lengths.readOutMs(position) : Lengths.startMs(startMs);
  }

  @Nullable Long startMs() {
    return startMs;
  }

  @Nullable Long date() {
    return date;
  }

  @Override
  public int length() {
    return length;
  }

  /** What says how far to trust it, as {@link dev.earmark.schema.Evidence#code} has it. */
  int evidence() {
    return evidence;
  }

  float frequency(int leaf) {
    return frequencies[leaf];
  }

  void frequency(int leaf, float frequency) {
    frequencies[leaf] = frequency;
  }

  boolean isHit() {
    return hit;
  }

  void hit() {
    hit = true;
  }
}
