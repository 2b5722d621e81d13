SELECT 異動年月日 AS 更正日, '土地' AS 区分, sum(課税標準額_土地 <> 前土地) AS 件数, sum(課税標準額_土地 - 前土地) AS 増減額 FROM 固定更正 GROUP BY 1
UNION ALL
SELECT 異動年月日, '家屋', sum(課税標準額_家屋 <> 前家屋), sum(課税標準額_家屋 - 前家屋) FROM 固定更正 GROUP BY 1
UNION ALL
SELECT 異動年月日, '都計', sum(都市計画税額 <> 前都計), sum(都市計画税額 - 前都計) FROM 固定更正 GROUP BY 1
ORDER BY 1, 2
