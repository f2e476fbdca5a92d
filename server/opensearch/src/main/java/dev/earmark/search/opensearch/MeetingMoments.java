package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Moments where parts of a query come together and that do not have all of them. Immutable if what
 * it is given is.
 *
 * @param ids what OpenSearch calls them
 * @param filter matches them, and beside them at most such as have all parts
 */
record MeetingMoments(Set<String> ids, ObjectNode filter) {}
