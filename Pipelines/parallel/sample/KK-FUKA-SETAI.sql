SELECT 区分, sum(当たる) AS 世帯数
FROM (
  SELECT '１　通常' AS 区分, 擬制世帯主区分 = '0' AS 当たる FROM 国保
  UNION ALL SELECT '２　擬制世帯主', 擬制世帯主区分 = '1' FROM 国保
  UNION ALL SELECT '３　特定同一世帯', 特定同一世帯所属者数 > 0 FROM 国保
  UNION ALL SELECT '４　非自発的失業', 非自発的失業 = '1' FROM 国保)
GROUP BY 1 ORDER BY 1
