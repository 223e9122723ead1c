/**
 * What may be shown of counts of people and of sums: noise by cell key, and for tables that are
 * fixed suppression with complements, by least counts or by dominance.
 */
@NullMarked
package cn.ganye.statistics.disclosure;

import org.jspecify.annotations.NullMarked;
