package dev.earmark.search.lucene;

import dev.earmark.query.NotUnderstood;
import dev.earmark.search.spoken.Pattern;
import dev.earmark.search.spoken.QueryPlan;
import java.util.List;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * A query as Lucene is asked it.
 *
 * @param query which moments match and how well
 * @param evidence what makes some of them more likely to be meant, and costs more to look for
 * @param plan what it was compiled from
 * @param tiers which moments have a rare word itself
 * @param named what the speakers say whom it calls by name; null if there are none
 * @param nearOnly those of them in which a word is found nearly and not itself; null if no word was
 *     looked for so
 * @param patterns what to mark in their text
 * @param notUnderstood what was cut or could not be done, beside what the parser reported
 */
record CompiledQuery(
    Query query,
    QueryPlan plan,
    ExactTiers tiers,
    List<PairEvidence> evidence,
    @Nullable Query named,
    @Nullable Query nearOnly,
    List<Pattern> patterns,
    List<NotUnderstood> notUnderstood) {}
