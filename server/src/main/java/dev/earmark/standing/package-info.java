/**
 * Standing searches: kept beside an index, matched against the moments of the episodes that a run
 * of the indexer has brought, and delivered as a feed, to a webhook and by mail.
 *
 * <p>{@link dev.earmark.standing.StandingSearches} is the list, a file that people can read. {@link
 * dev.earmark.standing.Matching} asks the search engine for changed episodes only. {@link
 * dev.earmark.standing.Journal} keeps, on disk before anything is sent, what was found, what was
 * sent and what failed; so a process may end at any time, and nothing is lost or found twice.
 * {@link dev.earmark.standing.Delivery} sends what is due. The command line passes on what it alone
 * knows.
 */
@org.jspecify.annotations.NullMarked
package dev.earmark.standing;
