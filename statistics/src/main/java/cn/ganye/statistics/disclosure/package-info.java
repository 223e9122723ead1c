/** What may be shown of counts of people: noise by cell key. */
@NullMarked
package cn.ganye.statistics.disclosure;

import org.jspecify.annotations.NullMarked;
