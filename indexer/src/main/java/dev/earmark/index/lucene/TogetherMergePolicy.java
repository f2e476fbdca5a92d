package dev.earmark.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.jspecify.annotations.Nullable;

/**
 * Puts all segments of a small index together, without what is deleted, and keeps the order of the
 * documents, which is that of hits which score alike.
 *
 * <p>Merges only when it is told to, then into {@value #PARTS} segments of about the same size,
 * which two cores make at once. Neighbours stay neighbours.
 */
final class TogetherMergePolicy extends MergePolicy {
  private static final int PARTS = 2;

  @Override
  public @Nullable MergeSpecification findMerges(
      @Nullable MergeTrigger trigger, SegmentInfos segments, MergeContext context) {
    return null;
  }

  @Override
  public @Nullable MergeSpecification findForcedMerges(
      SegmentInfos segments,
      int most,
      Map<SegmentCommitInfo, Boolean> toMerge,
      MergeContext context)
      throws IOException {
    return findForcedDeletesMerges(segments, context);
  }

  @Override
  public @Nullable MergeSpecification findForcedDeletesMerges(
      SegmentInfos segments, MergeContext context) throws IOException {
    long all = 0;
    for (SegmentCommitInfo segment : segments) {
      if (context.getMergingSegments().contains(segment)) {
        // Those around it would not stay neighbours.
        return null;
      }
      all += segment.info.maxDoc();
    }
    List<List<SegmentCommitInfo>> parts = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      parts.add(new ArrayList<>());
    }
    long before = 0;
    for (SegmentCommitInfo segment : segments) {
      long middle = 2 * before + segment.info.maxDoc();
      parts.get((int) (middle * PARTS / (2 * all))).add(segment);
      before += segment.info.maxDoc();
    }
    MergeSpecification merges = new MergeSpecification();
    for (List<SegmentCommitInfo> part : parts) {
      if (part.size() > 1 || (part.size() == 1 && hasDeletions(part.getFirst(), context))) {
        merges.add(new OneMerge(part));
      }
    }
    return merges.merges.isEmpty() ? null : merges;
  }

  private static boolean hasDeletions(SegmentCommitInfo segment, MergeContext context)
      throws IOException {
    return context.numDeletesToMerge(segment) > 0;
  }

  @Override
  public @Nullable MergeSpecification findFullFlushMerges(
      MergeTrigger trigger, SegmentInfos segments, MergeContext context) {
    return null;
  }
}
