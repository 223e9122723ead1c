/**
 * Estimates from samples of complex design, with the variance that the design gives them. {@link
 * cn.ganye.statistics.survey.SurveyDesign} says how the sample was drawn; weights are adjusted to
 * known totals by {@link cn.ganye.statistics.survey.Adjustment}; {@link
 * cn.ganye.statistics.survey.Estimator} estimates, by linearisation or by {@link
 * cn.ganye.statistics.survey.Replicates}.
 *
 * <p>Results are those of the R package {@code survey}: T. Lumley, Analysis of complex survey
 * samples, Journal of Statistical Software 9 (2004); Complex Surveys, Wiley 2010.
 */
@NullMarked
package cn.ganye.statistics.survey;

import org.jspecify.annotations.NullMarked;
