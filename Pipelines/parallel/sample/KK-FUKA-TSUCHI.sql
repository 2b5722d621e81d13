SELECT CASE WHEN 特別徴収税額 = 0 THEN '普通徴収' WHEN 普通徴収税額 = 0 THEN '年金特徴' ELSE '併徴' END AS 徴収方法,
  sum(年税額 > 0) AS "旧.課税世帯数", count(*) AS "新.通知件数", sum(年税額 = 0) AS "新.零円通知件数"
FROM 国保 WHERE 年税額 > 0 GROUP BY 1 ORDER BY 1
