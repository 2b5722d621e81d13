SELECT '土地' AS 資産,
  CASE WHEN 非課税区分 <> '0' THEN '非課税' WHEN 義務者宛名番号 IN (
      SELECT 義務者宛名番号 FROM 固定資産税_賦課, 年度 WHERE 課税年度 = 年度 AND 最新フラグ = '1' AND 免税点区分_土地 = '1') THEN '免税点未満'
    ELSE '課税' END AS 課税の別,
  count(DISTINCT 義務者宛名番号) AS 義務者数, count(*) AS 件数
FROM 固定資産税_土地 WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' GROUP BY 2
UNION ALL
SELECT '家屋',
  CASE WHEN 非課税区分 <> '0' THEN '非課税' WHEN 義務者宛名番号 IN (
      SELECT 義務者宛名番号 FROM 固定資産税_賦課, 年度 WHERE 課税年度 = 年度 AND 最新フラグ = '1' AND 免税点区分_家屋 = '1') THEN '免税点未満'
    ELSE '課税' END,
  count(DISTINCT 義務者宛名番号), count(*)
FROM 固定資産税_家屋 WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' GROUP BY 2
ORDER BY 1, 2
