package dev.earmark.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Merges as another policy does, and gives moments their vectors on the way.
 *
 * <p>A segment all of whose vectors are made is merged by itself, once it is named: it stays where
 * it is among the others, so the order of the documents does not change.
 */
final class VectorMergePolicy extends FilterMergePolicy {
  private final VectorStore store;
  private volatile Set<String> ready = Set.of();

  VectorMergePolicy(MergePolicy in, VectorStore store) {
    super(in);
    this.store = store;
  }

  /** Names the segments that are to be given their vectors. */
  void ready(Set<String> segments) {
    ready = Set.copyOf(segments);
  }

  /** Names a segment, whatever its files are called after a writer was opened again. */
  static String id(byte[] segment) {
    return StringHelper.idToString(segment);
  }

  @Override
  public @Nullable MergeSpecification findMerges(
      MergeTrigger trigger, SegmentInfos segments, MergeContext context) throws IOException {
    MergeSpecification merges = in.findMerges(trigger, segments, context);
    Set<String> alone = ready;
    if (alone.isEmpty()) {
      return wrapped(merges);
    }
    Set<SegmentCommitInfo> merging = new HashSet<>(context.getMergingSegments());
    MergeSpecification all = new MergeSpecification();
    if (merges != null) {
      merges.merges.forEach(merge -> {
        all.add(merge);
        merging.addAll(merge.segments);
      });
    }
    for (SegmentCommitInfo segment : segments) {
      if (alone.contains(id(segment.info.getId())) && !merging.contains(segment)) {
        all.add(new OneMerge(List.of(segment)));
      }
    }
    return wrapped(all.merges.isEmpty() ? null : all);
  }

  @Override
  public @Nullable MergeSpecification findForcedMerges(
      SegmentInfos segments,
      int most,
      Map<SegmentCommitInfo, Boolean> toMerge,
      MergeContext context)
      throws IOException {
    return wrapped(in.findForcedMerges(segments, most, toMerge, context));
  }

  @Override
  public @Nullable MergeSpecification findForcedDeletesMerges(
      SegmentInfos segments, MergeContext context) throws IOException {
    return wrapped(in.findForcedDeletesMerges(segments, context));
  }

  @Override
  public @Nullable MergeSpecification findFullFlushMerges(
      MergeTrigger trigger, SegmentInfos segments, MergeContext context) throws IOException {
    return wrapped(in.findFullFlushMerges(trigger, segments, context));
  }

  private @Nullable MergeSpecification wrapped(@Nullable MergeSpecification merges) {
    if (merges == null) {
      return null;
    }
    MergeSpecification wrapped = new MergeSpecification();
    for (OneMerge merge : merges.merges) {
      wrapped.add(new WithVectors(new ArrayList<>(merge.segments)));
    }
    return wrapped;
  }

  private final class WithVectors extends OneMerge {
    WithVectors(List<SegmentCommitInfo> segments) {
      super(segments);
    }

    @Override
    public CodecReader wrapForMerge(CodecReader reader) throws IOException {
      return SegmentWithVectors.of(reader, store);
    }
  }
}
